"""Regions whose people may take part. Staff keep them up to date."""

from django.db import models


class Region(models.Model):
    """A state, province or country whose residents can be allowed to enter a contest."""

    code = models.CharField(max_length=12, unique=True, help_text="As in US-AZ, CA-ON or IE.")
    name = models.CharField(max_length=80)
    country = models.CharField(max_length=60)
    skill_test = models.BooleanField(
        "asks for a skill test",
        default=False,
        help_text="A winner there must solve a sum before the prize is awarded, as in Canada.",
    )
    wording = models.CharField(
        max_length=300, blank=True, help_text="A sentence that the rules must have for people from there."
    )

    class Meta:
        ordering = ["country", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"
