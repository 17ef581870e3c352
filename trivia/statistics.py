"""
How questions are answered: by players who met them for the first time, and silent till there are enough.

The worker counts in slices. A question is always counted anew and whole, so that a ruling, a player
who is forgotten, or a worker that dies between two slices leaves no count that is wrong for long.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Avg, Count, F, FloatField, Q
from django.db.models.functions import Cast

from trivia.formats.parsed import DIFFICULTIES
from trivia.marking import option_pks
from trivia.models import Answer, Question, QuestionRecord

if TYPE_CHECKING:
    from trivia.models.attempts import AnswerQuerySet

ENOUGH_ANSWERS = 60  # first answers, before anything is said about a question
BATCH_SIZE = 500  # answers the worker looks at in one go
EASY, HARD = 0.75, 0.4  # shares of right answers: from here on easy, below this hard
SUBMISSIONS_KEPT = 12  # different answers that a record keeps
Z_95 = 1.96  # standard errors on either side of a share: 95 of 100 such intervals hold the true one
FIELDS = [
    "answer_count",
    "right_count",
    "passed_count",
    "submission_counts",
    "discrimination",
    "measured_difficulty",
    "suspicions",
]


def wilson_interval(right: int, total: int) -> tuple[float, float, float]:
    """The share of right answers, and between which shares it truly lies (Wilson's 95 % interval)."""
    share, spread = right / total, Z_95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    reach = Z_95 * sqrt(share * (1 - share) / total + spread / total / 4) / (1 + spread)
    return share, max(0.0, middle - reach), min(1.0, middle + reach)


def measured_difficulty(right: int, total: int) -> int | None:
    """The difficulty that answers tell, 1 to 3; None till there are enough."""
    if total < ENOUGH_ANSWERS:
        return None
    share = right / total
    return DIFFICULTIES["easy" if share >= EASY else "hard" if share < HARD else "medium"]


@transaction.atomic
def count_new_answers(at_most: int = BATCH_SIZE) -> bool:
    """Bring the records of some questions up to date, those with new answers; whether there may be more."""
    waiting = Answer.objects.filter(is_counted=False, answered_at__isnull=False)
    rows = list(waiting.values_list("pk", "question")[:at_most])
    recount({question for _, question in rows})
    Answer.objects.filter(pk__in=[pk for pk, _ in rows]).update(is_counted=True)
    return len(rows) == at_most


def recount(questions: list[int] | set[int]) -> None:
    """Count the answers to these questions (pks) anew; four queries."""
    tallies = defaultdict(Counter)
    first = Answer.objects.filter(question__in=questions, is_first=True, mark__in=["right", "wrong"])
    for question, mark, submission, count in (
        first.order_by().values_list("question", "mark", "submission").annotate(count=Count("pk"))
    ):
        tallies[question][mark, submission] += count
    discriminations = _discriminations(
        first, [pk for pk, tally in tallies.items() if tally.total() >= ENOUGH_ANSWERS]
    )
    rows = Question.objects.filter(pk__in=questions).prefetch_related("options")
    records = [_record(question, tallies[question.pk], discriminations.get(question.pk)) for question in rows]
    QuestionRecord.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["question"], update_fields=FIELDS
    )


def _discriminations(answers: "AnswerQuerySet", questions: list[int]) -> dict[int, float]:
    """How much better those do on the rest of their attempt who get a question right, by its pk."""
    ended = answers.filter(
        question__in=questions, attempt__finished_at__isnull=False, attempt__question_count__gt=1
    )
    rest = Cast(F("attempt__right_count"), FloatField()) / Cast(F("attempt__question_count"), FloatField())
    averages = (
        ended.order_by()
        .values("question")
        .annotate(
            rest_when_right=Avg(rest, filter=Q(mark="right")),
            rest_when_wrong=Avg(rest, filter=Q(mark="wrong")),
            question_count=Avg("attempt__question_count"),
        )
    )
    # The question itself is one of those asked, and is no witness in its own case.
    return {
        row["question"]: row["rest_when_right"] - row["rest_when_wrong"] - 1 / row["question_count"]
        for row in averages
        if row["rest_when_right"] is not None and row["rest_when_wrong"] is not None
    }


def _record(
    question: Question, tally: Counter[Any] | dict[tuple[str, str], int], discrimination: float | None
) -> QuestionRecord:
    answer_count = tally.total()
    right_count = sum(count for (mark, _), count in tally.items() if mark == "right")
    submission_counts = Counter()
    for (_, submission), count in tally.items():
        submission_counts[submission] += count
    record = QuestionRecord(
        question=question,
        answer_count=answer_count,
        right_count=right_count,
        passed_count=submission_counts.pop("", 0),
        submission_counts=dict(submission_counts.most_common(SUBMISSIONS_KEPT)),
        discrimination=discrimination,
        measured_difficulty=measured_difficulty(right_count, answer_count),
    )
    if answer_count >= ENOUGH_ANSWERS:
        record.suspicions = "\n".join(_suspicions(question, tally, record))
    return record


def _suspicions(
    question: Question, tally: dict[tuple[str, str], int], record: QuestionRecord
) -> Iterator[str]:
    """Why somebody should look at a question, as sentences."""
    texts = {str(option.pk): option.text for option in question.options.all()}
    wrong = Counter(
        {submission: count for (mark, submission), count in tally.items() if mark == "wrong" and submission}
    )
    for submission, count in wrong.most_common(1):
        if count > record.right_count:
            yield f"“{texts.get(submission, submission)}” draws more players than the right answer."
    if record.discrimination is not None and record.discrimination < 0:
        yield "Players who do well elsewhere fail it."
    for text in _never_picked(question, tally):
        yield f"Nobody picks “{text}”."


def _never_picked(question: Question, tally: dict[tuple[str, str], int]) -> list[str]:
    if question.kind not in (Question.Kind.CHOICE, Question.Kind.SEVERAL):
        return []
    picked = {pk for (_, submission) in tally for pk in option_pks(submission)}
    return [option.text for option in question.options.all() if option.pk not in picked]
