"""What keeps a contest from being published, and what is only said: the law, the chance, the questions."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from contest import beacons
from magazine.publishing import PublishBlocker

if TYPE_CHECKING:
    from contest.models import Contest, Threshold

MIN_ENTROPY_BITS = 40  # of chances: log2 of them, and the 20 to spare
MIN_POOL_FACTOR = 5  # times as many questions as each entry is asked


def publish_blockers(contest: "Contest") -> list[PublishBlocker]:
    """What the contest lacks among the rows that belong to it, as a list of `PublishBlocker`."""
    blockers = []
    if not contest.prizes.exists():
        blockers.append(PublishBlocker("prizes", "Say what is to be won: which disc, how many, what worth."))
    if not contest.regions.exists():
        blockers.append(PublishBlocker("regions", "Say where people may take part from."))
    return [*blockers, *_entropy_blockers(contest), *_question_blockers(contest), *_filing_blockers(contest)]


def warnings(contest: "Contest") -> list[str]:
    """What the desk says though it keeps nothing from being published, as sentences."""
    return [*_law_warnings(contest), *_entropy_warnings(contest), *_question_warnings(contest)]


def applicable_laws(contest: "Contest") -> "list[Threshold]":
    """The thresholds that look at this contest, by where it is open and where it is offered."""
    from contest.models import Threshold  # noqa: PLC0415 - the models ask this module what they lack

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
    earliest = contest.earliest_numbers_at
    if min(source.drawn_at for source in sources) < earliest:
        sentence = (
            "The numbers come too soon. Late confirmations take a day and your own look takes one: choose "
            f"{earliest.astimezone(ZoneInfo(contest.zone)):%Y-%m-%d %H:%M} ({contest.zone}) or later."
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


def _law_warnings(contest: "Contest") -> Iterator[str]:
    for law in applicable_laws(contest):
        if law.warning_from <= contest.total_value <= law.above:
            worth = f"the prizes are worth ${contest.total_value:,.2f}, close to ${law.above:,.0f}"
            yield f"{law}: {worth}. {law.note}"


def _entropy_warnings(contest: "Contest") -> Iterator[str]:
    if contest.sources.exists() and contest.entropy_bits < beacons.RECOMMENDED_ENTROPY_BITS:
        yield f"The numbers hold {contest.entropy_bits:.0f} bits of chance; {beacons.RECOMMENDED_ENTROPY_BITS} are better."


def _question_warnings(contest: "Contest") -> Iterator[str]:
    if contest.question_set and contest.question_set.published_at:
        yield "The question set is published: whoever has played it knows the answers."
    if contest.question_set and contest.eligibility != "all":
        question_count = contest.question_set.questions.count()
        if question_count < MIN_POOL_FACTOR * (contest.questions_per_entry or question_count):
            yield (
                "Whoever has seen the questions can pass them on. A set of five times as many as each entry "
                "is asked resists that."
            )
