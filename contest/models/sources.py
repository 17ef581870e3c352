"""The public numbers that decide the draw of a contest, and when they are drawn."""

from django.core.exceptions import ValidationError
from django.db import models

from contest import beacons


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
