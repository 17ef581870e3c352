"""People and mail domains that may not take part in contests."""

from django.db import models
from django.db.models import Q


class Exclusion(models.Model):
    """A person or mail domain that may not take part, such as employees of the sponsor."""

    affects_pages = False

    domain = models.CharField(
        max_length=100, blank=True, help_text="All e-mail addresses there, as in example.com."
    )
    email_pseudonym = models.CharField(
        "e-mail address",
        max_length=64,
        blank=True,
        help_text="Stored as a keyed hash, from which the address cannot be read.",
    )
    reason = models.CharField("why", max_length=120, help_text="As in: employees of the sponsor.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(domain="", email_pseudonym=""), name="exclusion_has_domain_or_email",
                violation_error_message="Give a domain or an address.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.domain or self.reason
