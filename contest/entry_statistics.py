"""Statistics of a contest for its managers: entries by day, channel and region, and answers by question."""

from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from contest.models import Contest
from contest.models.entries import EntryQuerySet
from trivia.models import Answer


class EntryStatistics(NamedTuple):
    """Counts of entries as (value, count), and of answers as (question, answers, right answers)."""

    confirmed: int
    unconfirmed: int
    disqualified: int
    newsletter: int
    days: list[tuple[date, int]]
    channels: list[tuple[str, int]]
    regions: list[tuple[str, int]]
    questions: list[tuple[str, int, int]]


def entry_statistics(contest: Contest) -> EntryStatistics:
    """The statistics of the entries as they are now; erased entries have no region."""
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
        regions=_counted(confirmed.filter(region__isnull=False), "region__name"),
        questions=_questions(contest),
    )


def _counted(entries: EntryQuerySet, name: str) -> list[tuple[str, int]]:
    """(value, count) of each value of a column, the most frequent first."""
    return list(entries.values_list(name).annotate(count=Count("pk")).order_by("-count", name))


def _questions(contest: Contest) -> list[tuple[str, int, int]]:
    """(question, answers, right answers) of eligible entries; the smallest share of right ones first."""
    theirs = Answer.objects.filter(attempt__in=contest.entries.eligible().values("attempt"))
    counted = {"count": Count("pk"), "right": Count("pk", filter=Q(mark=Answer.Mark.RIGHT))}
    asked: Any = (
        theirs.values("question_id", text=F("question__text")).annotate(**counted).order_by("question_id")
    )
    rows = [(row["text"], row["count"], row["right"]) for row in asked]
    return sorted(rows, key=lambda row: row[2] / row[1])
