"""Addresses of people whom staff trust to ask without moderation."""

from django.db import models

from fans.email_addresses import CanonicalEmailField


class TrustedAddress(models.Model):
    """An e-mail address whose requests are shown without moderation, because staff know its owner."""

    affects_pages = False

    email = CanonicalEmailField("e-mail", unique=True)

    class Meta:
        verbose_name_plural = "trusted addresses"

    def __str__(self) -> str:
        return self.email
