"""Lists of films with a note on each, the staff ballots behind a joint list, and the pick of the week."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import escape

from films.models import Film
from magazine import json_ld
from magazine.models import Article, ArticleQuerySet, Contributor
from magazine.publishing import PublishBlocker
from picks.ballots import METHOD, count_ballots

MAX_RANK = 10  # places of a joint list


class PickList(Article):
    """
    Films that staff chose, ranked or not, with a note on each.

    The order of a list with ballots is counted from them (`picks.ballots`); staff cannot set it.
    """

    class ListKind(models.TextChoices):
        UNRANKED = "unranked", "Not ranked: in the order given"
        RANKED = "ranked", "Ranked by hand: first is best"
        BALLOTS = "ballots", "Counted from staff ballots"

    list_kind = models.CharField("kind of list", max_length=10, choices=ListKind, default=ListKind.UNRANKED)

    objects: ClassVar = ArticleQuerySet.as_manager()

    @property
    def is_ranked(self) -> bool:
        return self.list_kind != self.ListKind.UNRANKED

    @property
    def is_counted(self) -> bool:
        return self.list_kind == self.ListKind.BALLOTS

    @property
    def method(self) -> str:
        """How the ballots were counted, for readers; "" for a list without ballots."""
        return METHOD if self.is_counted else ""

    @cached_property
    def ordered_picks(self) -> "list[Pick]":
        """Its picks in order, with their films; one query."""
        return list(self.picks.in_order())

    def texts(self) -> list[str]:
        return [*super().texts(), *([escape(pick.note) for pick in self.picks.all()] if self.pk else [])]

    def structured_data(self) -> dict[str, Any]:
        items = [
            {"@type": "ListItem", "position": position, "item": json_ld.movie_data(pick.film)}
            for position, pick in enumerate(self.ordered_picks, 1)
        ]
        order = "https://schema.org/ItemListOrder" + ("Ascending" if self.is_ranked else "Unordered")
        films = {"@type": "ItemList", "itemListOrder": order, "itemListElement": items}
        return super().structured_data() | {"mainEntity": films}

    def missing_rows(self) -> list[PublishBlocker]:
        missing = super().missing_rows()
        if self.is_counted and self.ballots.count() < 2:
            missing.append(PublishBlocker("ballots", "A joint list is counted from two ballots at least."))
        if not self.is_counted and not self.picks.exists():
            missing.append(PublishBlocker("picks", "A list needs a film."))
        return missing

    def update_picks_and_films(self) -> None:
        """Count a list with ballots again, and set the films of the piece to the films of the list."""
        if self.is_counted:
            self._rebuild_from_ballots()
        self.films.set(Film.objects.filter(picks__list=self))

    def _rebuild_from_ballots(self) -> None:
        ballots = [list(ballot.choices.values_list("film", flat=True)) for ballot in self.ballots.all()]
        if not ballots:
            # Nothing to count yet: the picks stay, because they hold the notes that staff wrote.
            self.picks.update(points=0, ballots=0)
            return
        notes = dict(self.picks.values_list("film", "note"))
        self.picks.all().delete()
        Pick.objects.bulk_create(
            Pick(
                list=self,
                film_id=ranked.film,
                position=ranked.rank,
                points=ranked.points,
                ballots=ranked.ballots,
                note=notes.get(ranked.film, ""),
            )
            for ranked in count_ballots(ballots)
            if ranked.rank <= MAX_RANK
        )


class PickQuerySet(models.QuerySet["Pick"]):
    def in_order(self) -> Self:
        return self.order_by("position", "pk").select_related("film__poster")


class Pick(models.Model):
    """One film of a list."""

    list = models.ForeignKey(PickList, on_delete=models.CASCADE, related_name="picks")
    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="picks")
    position = models.PositiveSmallIntegerField(
        "place", default=0, help_text="Lowest first; in a ranked list, the rank."
    )
    note = models.CharField(max_length=600, blank=True, help_text="Why this one. No endings.")
    points = models.PositiveIntegerField(default=0, editable=False)
    ballots = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PickQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "film"],
                name="pick_unique_film_per_list",
                violation_error_message="This film is in the list already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.film)


class BallotQuerySet(models.QuerySet["Ballot"]):
    def with_choices(self) -> Self:
        """With the contributor and the chosen films, best first; two queries."""
        choices = models.Prefetch("choices", Choice.objects.order_by("rank").select_related("film"))
        return self.order_by("contributor__name").select_related("contributor").prefetch_related(choices)


class Ballot(models.Model):
    """The vote of one staff member for a joint list."""

    list = models.ForeignKey(PickList, on_delete=models.CASCADE, related_name="ballots")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="ballots")

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["contributor__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "contributor"],
                name="ballot_one_per_contributor",
                violation_error_message="This person has a ballot for this list already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contributor}: {self.list}"


class Choice(models.Model):
    """One film on a ballot, with its place."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="choices")
    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(help_text="1 is best.")

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "film"],
                name="choice_unique_film",
                violation_error_message="This film is on the ballot already.",
            ),
            models.UniqueConstraint(
                fields=["ballot", "rank"],
                name="choice_unique_rank",
                violation_error_message="Two films cannot share a place on one ballot.",
            ),
            models.CheckConstraint(
                condition=Q(rank__range=(1, 10)),
                name="choice_rank_one_to_ten",
                violation_error_message="A ballot has ten places, 1 to 10.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.film}"


class WeeklyPickQuerySet(models.QuerySet["WeeklyPick"]):
    def begun(self) -> Self:
        """Picks whose first day has come, newest first, with film and contributor; one query."""
        begun = self.filter(starts_on__lte=timezone.localdate()).order_by("-starts_on", "-pk")
        return begun.select_related("film__poster", "contributor")

    def current(self) -> "WeeklyPick | None":
        """The pick of today, or None: after the last day of a pick there is none until the next begins."""
        return self.begun().filter(ends_on__gte=timezone.localdate()).first()


class WeeklyPick(models.Model):
    """The pick of the week: one film, one reason, a first and a last day."""

    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="weekly_picks")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="weekly_picks")
    note = models.CharField(max_length=400, help_text="Why this week. No endings.")
    where_to_see = models.CharField(
        "where", max_length=200, blank=True, help_text="Where to see it; say on what day you checked."
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = WeeklyPickQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="weekly_pick_ends_after_it_starts",
                violation_error_message="The last day comes before the first.",
            ),
            models.UniqueConstraint(
                fields=["starts_on"],
                name="weekly_pick_unique_start",
                violation_error_message="Another pick starts on this day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film}, from {self.starts_on}"
