"""The public pages of contests."""
