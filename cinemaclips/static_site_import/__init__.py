"""Imports a static site of the 1990s or 2000s: its pages become drafts, its old URLs redirects."""
