"""Redirects, so that a URL that was once published keeps leading to its page. Imports no other app."""
