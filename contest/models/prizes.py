"""What a contest gives away."""

from django.db import models
from django.db.models import Q

from films.models import Release


class Prize(models.Model):
    """A disc to be won: `quantity` copies of a `films.Release`."""

    contest = models.ForeignKey("contest.Contest", on_delete=models.CASCADE, related_name="prizes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="prizes")
    quantity = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(
        "retail value", max_digits=8, decimal_places=2, help_text="Of one copy, in US dollars."
    )
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Lowest first: the first in the draw wins the first prize."
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, value__gt=0), name="prize_of_some_worth",
                violation_error_message="One prize at least, and worth more than nothing.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.release)
