"""Reel requests in the admin."""

from reelrequests.admin import guesses, requests, rounds, trusted_addresses

__all__ = ["guesses", "requests", "rounds", "trusted_addresses"]
