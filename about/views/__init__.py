"""The public pages about the magazine."""
