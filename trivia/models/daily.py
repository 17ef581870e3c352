"""The Daily Reel: one film a day, six clues, and how each player did."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from films.models import Film

CLUES = 6
REMEMBERED = timedelta(days=400)  # a player, from the last game on, and the cookie that knows the player
# Crockford's letters and figures: none can be read as another.
CODE_SIGNS, CODE_LENGTH = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 16


class PuzzleQuerySet(models.QuerySet):
    def begun(self):
        """Those whose day has come, in the site's zone; readers see no other."""
        return self.filter(day__lte=timezone.localdate())

    def today(self):
        """Today's puzzle with its clues, if it has been made; two queries."""
        return self.with_clues().filter(day=timezone.localdate()).first()

    def to_come(self):
        return self.filter(day__gt=timezone.localdate()).order_by("day")

    def with_clues(self):
        """Each with its film and its clues; two queries."""
        return self.select_related("film").prefetch_related("clues")

    def newest_first(self):
        return self.order_by("-day")


class Puzzle(models.Model):
    """One day's film. Its number is set when it is made; film and clues may be changed till its day."""

    day = models.DateField(unique=True)
    number = models.PositiveIntegerField(unique=True)
    film = models.ForeignKey(
        Film, on_delete=models.CASCADE, related_name="puzzles", help_text="Another film brings its own clues."
    )

    objects = PuzzleQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"Daily Reel {self.number}, {self.day:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("trivia:reel", args=[self.number])

    @property
    def has_begun(self):
        return self.day <= timezone.localdate()


class Clue(models.Model):
    """One of a puzzle's six clues; the first is the hardest."""

    puzzle = models.ForeignKey(Puzzle, on_delete=models.CASCADE, related_name="clues")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=600)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["puzzle", "place"],
                name="clue_one_at_a_place",
                violation_error_message="There is a clue at this place.",
            ),
            models.CheckConstraint(
                condition=Q(place__range=(1, CLUES)),
                name="clue_of_six",
                violation_error_message="A puzzle has six clues, numbered from 1.",
            ),
        ]

    def __str__(self):
        return self.text


def new_code():
    return get_random_string(CODE_LENGTH, CODE_SIGNS)


class PlayerQuerySet(models.QuerySet):
    def gone(self, now):
        """Those who have begun no game for as long as their cookie lives."""
        lately = Play.objects.filter(player=models.OuterRef("pk"), began_at__gt=now - REMEMBERED)
        return self.filter(~models.Exists(lately), came_on__lt=(now - REMEMBERED).date())


class Player(models.Model):
    """Somebody who plays, known by a random code alone: no name, no address. It is the restore code too."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    came_on = models.DateField(default=timezone.localdate)

    objects = PlayerQuerySet.as_manager()

    never_printed = True

    def __str__(self):
        return self.spelled

    @property
    def spelled(self):
        """The code as it is read aloud: in fours."""
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


class PlayQuerySet(models.QuerySet):
    def of(self, player):
        return self.filter(player=player)

    def results(self):
        """(day, on time, place of the right guess or None) of each finished game; one query."""
        finished = self.filter(finished_at__isnull=False).order_by("puzzle__day")
        return list(finished.values_list("puzzle__day", "on_time", "solved_on"))


class Play(models.Model):
    """
    One player's game of one puzzle. `guesses` are titles in order; "" is a clue taken without a guess.

    A game counts for the puzzle it began: it is on time if it began on the puzzle's own day.
    """

    puzzle = models.ForeignKey(Puzzle, on_delete=models.CASCADE, related_name="plays")
    player = models.ForeignKey(Player, on_delete=models.CASCADE, related_name="plays")
    guesses = models.JSONField(default=list)
    guesses_made = models.PositiveSmallIntegerField(default=0)
    on_time = models.BooleanField()
    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    solved_on = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = PlayQuerySet.as_manager()

    never_printed = True

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

    def __str__(self):
        return f"{self.puzzle}: {self.guesses_made}"

    @property
    def is_over(self):
        return self.finished_at is not None

    def add(self, title, *, right, seen, now):
        """
        Add a guess, if the game still stands at `seen` guesses; False if it has moved on.

        Asked of the database in one statement, so that a double click or a second tab counts once.
        """
        made, guesses = seen + 1, [*self.guesses, title]
        over = {"finished_at": now} if right or made == CLUES else {}
        over |= {"solved_on": made} if right else {}
        standing = Play.objects.filter(pk=self.pk, guesses_made=seen, finished_at__isnull=True)
        return bool(standing.update(guesses=guesses, guesses_made=made, **over))
