"""The rows that belong to the terms of a contest: prizes, sources of the beacon, filings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from contest import beacons
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


class Source(models.Model):
    """A source of the beacon, and the time at which its numbers are drawn."""

    contest = models.ForeignKey("contest.Contest", on_delete=models.CASCADE, related_name="sources")
    game = models.CharField(max_length=12, choices=beacons.CHOICES)
    drawn_at = models.DateTimeField(
        "drawn at", help_text="For a lottery the day is enough: its hour is known. For drand, any moment."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "game", "drawn_at"],
                name="source_once",
                violation_error_message="It is there already.",
            )
        ]

    def __str__(self) -> str:
        return ", ".join(name for _, name in self.beacon_lines)

    def clean(self) -> None:
        """Set `drawn_at` to the hour of the lottery. Raises `ValidationError` for a day without a draw."""
        spec = beacons.GAMES.get(self.game)
        if self.drawn_at and spec and spec.hour:
            if not spec.draws_on(self.drawn_at):
                raise ValidationError({"drawn_at": f"{spec.name} does not draw on that day."})
            self.drawn_at = spec.draw_time(self.drawn_at)

    @property
    def game_spec(self) -> beacons.Game:
        """The entry of this source in `beacons.GAMES`."""
        return beacons.GAMES[self.game]

    @property
    def beacon_lines(self) -> list[tuple[str, str]]:
        """The (kind, name) of each of its lines in the manifest."""
        return self.game_spec.beacon_lines(self.drawn_at)


class Filing(models.Model):
    """The number under which a contest is registered with an authority, if a threshold requires that."""

    contest = models.ForeignKey("contest.Contest", on_delete=models.CASCADE, related_name="filings")
    threshold = models.ForeignKey("contest.Threshold", on_delete=models.PROTECT, related_name="filings")
    number = models.CharField(max_length=60)
    filed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "threshold"], name="filing_once",
                violation_error_message="This filing is there already.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.threshold}: {self.number}"
