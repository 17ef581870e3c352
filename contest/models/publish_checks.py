"""Publish blockers of a contest for missing rows, too little entropy, its questions, and laws."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from contest.models.thresholds import Threshold
from magazine.publishing import PublishBlocker

if TYPE_CHECKING:
    from contest.models.contests import Contest

MIN_ENTROPY_BITS = 40  # enough for a million chances: 20 bits, and `beacons.ENTROPY_MARGIN_BITS`


def publish_blockers(contest: "Contest") -> list[PublishBlocker]:
    """The publish blockers that concern related rows of the contest."""
    blockers = []
    if not contest.prizes.exists():
        blockers.append(PublishBlocker("prizes", "Say what is to be won: which disc, how many, what worth."))
    if not contest.regions.exists():
        blockers.append(PublishBlocker("regions", "Say where people may take part from."))
    return [*blockers, *_entropy_blockers(contest), *_question_blockers(contest), *_filing_blockers(contest)]


def applicable_laws(contest: "Contest") -> list[Threshold]:
    """The thresholds that apply to this contest, by its regions and by whether it is offered in shops."""
    codes = set(contest.regions.values_list("code", flat=True))
    laws = Threshold.objects.for_contests()
    return [law for law in laws if law.applies_to(codes, at_retail=contest.at_retail)]


def _entropy_blockers(contest: "Contest") -> Iterator[PublishBlocker]:
    sources = list(contest.sources.all())
    if not sources:
        yield PublishBlocker("sources", "Name the public numbers that the draw will hang on.")
        return
    if not any(source.game_spec.trusted_alone for source in sources):
        yield PublishBlocker(
            "sources", f"{sources[0].game_spec.name} is one house's word: add another source."
        )
    if contest.entropy_bits < MIN_ENTROPY_BITS:
        sentence = (
            f"These numbers hold {contest.entropy_bits:.0f} bits of chance, and a fair draw wants "
            f"{MIN_ENTROPY_BITS}: add a second game, or drand."
        )
        yield PublishBlocker("sources", sentence)
    if min(source.drawn_at for source in sources) < contest.earliest_numbers_at:
        earliest = contest.earliest_numbers_at.astimezone(ZoneInfo(contest.zone))
        sentence = (
            "The numbers come too soon. Late confirmations take a day and your own look takes one: choose "
            f"{earliest:%Y-%m-%d %H:%M} ({contest.zone}) or later."
        )
        yield PublishBlocker("sources", sentence)


def _question_blockers(contest: "Contest") -> Iterator[PublishBlocker]:
    if contest.question_set is None:
        return
    question_count = contest.question_set.questions.count()
    if not question_count:
        yield PublishBlocker("question_set", "The question set has no live question.")
    elif contest.questions_per_entry and contest.questions_per_entry > question_count:
        yield PublishBlocker("questions_per_entry", f"The question set has {question_count} live questions.")


def _filing_blockers(contest: "Contest") -> Iterator[PublishBlocker]:
    filed = set(contest.filings.values_list("threshold", flat=True))
    for law in applicable_laws(contest):
        if law.needs_filing and contest.total_value > law.above and law.pk not in filed:
            yield PublishBlocker(
                "filings", f"{law}: with more than ${law.above:,.0f} in prizes this needs a filing number."
            )
