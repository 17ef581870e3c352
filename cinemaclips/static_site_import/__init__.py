"""Bringing in a static site of the 1990s and 2000s: words and pictures as drafts, addresses as moves."""
