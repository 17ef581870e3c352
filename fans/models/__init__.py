"""Fans and their consents, the outbox, and rate-limit counters."""

from fans.models.consents import Consent
from fans.models.fans import Fan
from fans.models.mail_queue import MailQueue
from fans.models.outbox import Mail
from fans.models.rate_limits import RateLimitCounter

__all__ = ["Consent", "Fan", "Mail", "MailQueue", "RateLimitCounter"]
