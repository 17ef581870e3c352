"""What a contest is made of: its prizes, the public numbers of its draw, its filings."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from contest import beacons
from films.models import Release

if TYPE_CHECKING:
    from contest.beacons import Game


class Prize(models.Model):
    """A disc to be won: an edition of the film records, so and so often."""

    contest = models.ForeignKey("contest.Contest", on_delete=models.CASCADE, related_name="prizes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="prizes")
    quantity = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(
        "retail value", max_digits=8, decimal_places=2, help_text="Of one, in US dollars."
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="The best first, for who is drawn first.")

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
    """Public numbers that the draw will hang on, and the moment at which they are drawn."""

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
        spec = self.game_spec
        if self.drawn_at and spec and spec.hour:
            if not spec.draws_on(self.drawn_at):
                raise ValidationError({"drawn_at": f"{spec.name} does not draw on that day."})
            self.drawn_at = spec.draw_time(self.drawn_at)

    @property
    def game_spec(self) -> "Game | None":
        return beacons.GAMES.get(self.game)

    @property
    def beacon_lines(self) -> list[tuple[str, str]]:
        return self.game_spec.beacon_lines(self.drawn_at)


class Filing(models.Model):
    """The number under which a contest is registered where its prizes are worth that much."""

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
