"""Fans and their consents, the outbox, and rate-limit counters."""

from fans.models.consents import Consent
from fans.models.fan_sessions import FanSession
from fans.models.fans import Fan
from fans.models.mail_queue import MailQueue
from fans.models.outbox import Mail
from fans.models.rate_limits import RateLimitCounter
from fans.models.used_links import UsedLink

__all__ = ["Consent", "Fan", "FanSession", "Mail", "MailQueue", "RateLimitCounter", "UsedLink"]
