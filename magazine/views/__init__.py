"""The public pages of contributors and tags, and share cards."""
