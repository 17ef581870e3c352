"""Warnings that the admin shows before a contest is published. They do not prevent its publication."""

from collections.abc import Iterator

from contest import beacons
from contest.models import Contest
from contest.models.publish_checks import applicable_laws

MIN_POOL_FACTOR = 5  # a question set should have this many times the questions that each entry is asked


def warnings(contest: Contest) -> list[str]:
    """All warnings, as sentences: thresholds nearly reached, little entropy, questions known from quizzes."""
    return [*_law_warnings(contest), *_entropy_warnings(contest), *_question_warnings(contest)]


def _law_warnings(contest: Contest) -> Iterator[str]:
    for law in applicable_laws(contest):
        if law.warning_from <= contest.total_value <= law.above:
            worth = f"the prizes are worth ${contest.total_value:,.2f}, close to ${law.above:,.0f}"
            yield f"{law}: {worth}. {law.note}"


def _entropy_warnings(contest: Contest) -> Iterator[str]:
    if contest.sources.exists() and contest.entropy_bits < beacons.RECOMMENDED_ENTROPY_BITS:
        better = beacons.RECOMMENDED_ENTROPY_BITS
        yield f"The numbers hold {contest.entropy_bits:.0f} bits of chance; {better} are better."


def _question_warnings(contest: Contest) -> Iterator[str]:
    if contest.question_set and contest.question_set.published_at:
        yield "The question set is published: whoever has played it knows the answers."
    if contest.question_set and contest.eligibility != "all":
        question_count = contest.question_set.questions.count()
        if question_count < MIN_POOL_FACTOR * (contest.questions_per_entry or question_count):
            yield (
                "Whoever has seen the questions can pass them on. A set of five times as many as each entry "
                "is asked resists that."
            )
