"""How a contest goes, in numbers, for those who run it: how many a day, from where, and what they know."""

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from trivia.models import Answer

if TYPE_CHECKING:
    from contest.models import Contest
    from contest.models.entries import EntryQuerySet


class EntryStatistics(NamedTuple):
    """Counts of entries, and for each question (text, answers, right ones). No figure names a person."""

    confirmed: int
    unconfirmed: int
    disqualified: int
    newsletter: int
    days: list
    channels: list
    regions: list
    questions: list


def entry_statistics(contest: "Contest") -> EntryStatistics:
    """The `EntryStatistics` of a contest as its entries are now; after their deletion those of regions are gone."""
    confirmed = contest.entries.confirmed()
    day = TruncDate("confirmed_at", tzinfo=ZoneInfo(contest.zone))
    return EntryStatistics(
        confirmed=confirmed.count(),
        unconfirmed=contest.entries.unconfirmed().count(),
        disqualified=confirmed.filter(disqualification__isnull=False).count(),
        newsletter=confirmed.filter(newsletter=True).count(),
        days=list(confirmed.values_list(day).annotate(count=Count("pk")).order_by(day)),
        channels=[
            (confirmed.model.Channel(channel).label, count)
            for channel, count in _counted(confirmed, "channel")
        ],
        regions=list(_counted(confirmed.filter(region__isnull=False), "region__name")),
        questions=_questions(contest),
    )


def _counted(entries: "EntryQuerySet", name: str) -> "EntryQuerySet":
    """(value, how many), the most first."""
    return entries.values_list(name).annotate(count=Count("pk")).order_by("-count", name)


def _questions(contest: "Contest") -> list[tuple[str, int, int]]:
    """Answers of the entries that stand, the question that the smallest share knew first."""
    theirs = Answer.objects.filter(attempt__in=contest.entries.eligible().values("attempt"))
    counted = {"count": Count("pk"), "right": Count("pk", filter=Q(mark=Answer.Mark.RIGHT))}
    asked = theirs.values("question_id", text=F("question__text")).annotate(**counted).order_by("question_id")
    rows = [(row["text"], row["count"], row["right"]) for row in asked]
    return sorted(rows, key=lambda row: row[2] / row[1])
