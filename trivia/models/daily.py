"""The Daily Reel: one puzzle with six clues per day, and the games of its players (`Play`)."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from films.models import Film
from photos.fields import PhotoField, UsablePhoto
from trivia.models.players import Player

CLUES = 6


class PuzzleQuerySet(models.QuerySet["Puzzle"]):
    def begun(self) -> Self:
        """Puzzles of today and earlier, in the site's time zone. Readers see only these."""
        return self.filter(day__lte=timezone.localdate())

    def today(self) -> "Puzzle | None":
        """Today's puzzle with its clues; None if it has not been created. Two queries."""
        return self.with_clues().filter(day=timezone.localdate()).first()

    def to_come(self) -> Self:
        return self.filter(day__gt=timezone.localdate()).order_by("day")

    def with_clues(self) -> Self:
        """With film, ruling and clues; two queries."""
        clues = models.Prefetch("clues", Clue.objects.select_related("photo"))
        return self.select_related("film", "ruling").prefetch_related(clues)

    def newest_first(self) -> Self:
        return self.order_by("-day")

    def results_of(self, player: Player) -> list[tuple[date, bool, bool | None, int | None]]:
        """
        Return (day, is void, was on time, number of the right guess or None), by day; one query.

        There is one row per game that the player has finished, and one per void day, played or not.
        """
        mine = models.FilteredRelation("plays", condition=Q(plays__player=player))
        void = Q(ruling__verdict="void")
        days = self.annotate(mine=mine, is_void=models.Case(models.When(void, then=True), default=False))
        days = days.filter(Q(mine__finished_at__isnull=False) | void).order_by("day")
        return list(days.values_list("day", "is_void", "mine__on_time", "mine__solved_on"))


class Puzzle(models.Model):
    """The film of one day. Staff may change film and clues until the day begins, but never the number."""

    day = models.DateField(unique=True)
    number = models.PositiveIntegerField(unique=True)
    film = models.ForeignKey(
        Film,
        on_delete=models.CASCADE,
        related_name="puzzles",
        help_text="A change of the film replaces the clues.",
    )

    ruling = models.ForeignKey(
        "Ruling", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )  # the latest one

    objects = PuzzleQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"Daily Reel {self.number}, {self.day:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("trivia:reel", args=[self.number])

    @property
    def has_begun(self) -> bool:
        return self.day <= timezone.localdate()


class Clue(models.Model):
    """One of a puzzle's six clues; the first is the hardest."""

    puzzle = models.ForeignKey(Puzzle, on_delete=models.CASCADE, related_name="clues")
    position = models.PositiveSmallIntegerField("place")
    text = models.CharField(
        max_length=600, help_text="With a picture: say what it shows, for those who cannot see it."
    )
    photo = PhotoField(help_text="A picture of our own. Neither it nor its credit may name the film.")
    usable_photo = UsablePhoto("photo")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["puzzle", "position"],
                name="clue_one_at_a_position",
                violation_error_message="There is a clue at this place.",
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, CLUES)),
                name="clue_of_six",
                violation_error_message="A puzzle has six clues, numbered from 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Play(models.Model):
    """
    One player's game of one puzzle. `guesses` are titles in order; "" is a clue taken without a guess.

    `on_time` says that the game began on the puzzle's own day. `solved_on` is the number of the right guess.
    """

    puzzle = models.ForeignKey(Puzzle, on_delete=models.CASCADE, related_name="plays")
    player = models.ForeignKey(Player, on_delete=models.CASCADE, related_name="plays")
    guesses = models.JSONField(default=list)
    guesses_made = models.PositiveSmallIntegerField(default=0)
    on_time = models.BooleanField()
    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    solved_on = models.PositiveSmallIntegerField(null=True, blank=True)

    affects_pages = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["puzzle", "player"], name="play_once_a_puzzle"),
            models.CheckConstraint(condition=Q(guesses_made__lte=CLUES), name="play_six_guesses"),
            models.CheckConstraint(
                condition=Q(solved_on__isnull=True)
                | Q(solved_on=F("guesses_made"), solved_on__gte=1, finished_at__isnull=False),
                name="play_solved_by_its_last_guess",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.puzzle}: {self.guesses_made}"

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None

    def add_guess(self, title: str, *, right: bool, guesses_seen: int, now: datetime) -> bool:
        """
        Store a guess if the game has exactly `guesses_seen` guesses. Returns whether it was stored.

        A single UPDATE decides, so that a double click or a second tab is counted once.
        """
        made, guesses = guesses_seen + 1, [*self.guesses, title]
        over: dict[str, Any] = {"finished_at": now} if right or made == CLUES else {}
        over |= {"solved_on": made} if right else {}
        unfinished = Play.objects.filter(pk=self.pk, guesses_made=guesses_seen, finished_at__isnull=True)
        return bool(unfinished.update(guesses=guesses, guesses_made=made, **over))
