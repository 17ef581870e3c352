"""Counters of the rate limits."""

from django.db import models


class RateLimitCounter(models.Model):
    """The number of hits of one visitor in one scope and window of time; see `fans.limits`."""

    affects_pages = False

    scope = models.CharField(max_length=30)
    visitor_pseudonym = models.CharField(max_length=64)
    window_start = models.DateTimeField(help_text="When the window began.")
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "visitor_pseudonym", "window_start"], name="rate_limit_counter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.hits}"
