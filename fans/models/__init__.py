"""Whom we know by an address alone, what they allowed, what we send them, and how often strangers knock."""

from fans.models.fans import Consent, Fan
from fans.models.outbox import Mail
from fans.models.tallies import Tally

__all__ = ["Consent", "Fan", "Mail", "Tally"]
