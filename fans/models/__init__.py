"""Fans and their consents, the outbox, and rate-limit counters."""

from fans.models.fans import Consent, Fan
from fans.models.outbox import Mail
from fans.models.rate_limits import RateLimitCounter

__all__ = ["Consent", "Fan", "Mail", "RateLimitCounter"]
