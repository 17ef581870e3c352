"""
Statistics of how questions are answered. Only the first answer of a player to a question counts.

The worker takes new answers in batches, and counts all answers to their questions again from the start. So
the record is also right after a ruling, after a player was deleted, or after the worker was interrupted.
The statistics of a question are not used before it has sixty first answers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import sqrt

from django.db import transaction
from django.db.models import Avg, Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from trivia.formats.parsed import DIFFICULTIES
from trivia.marking import option_pks
from trivia.models import Answer, Question, QuestionRecord

ENOUGH_ANSWERS = 60  # first answers that a question needs before its statistics are used
BATCH_SIZE = 500  # answers per run of the worker
EASY, HARD = 0.75, 0.4  # shares of right answers: easy from 0.75, hard below 0.4
SUBMISSIONS_KEPT = 12  # the most frequent submissions that a record keeps
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
    """Return (share of right answers, lower and upper bound of Wilson's 95 % interval)."""
    share, spread = right / total, Z_95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    reach = Z_95 * sqrt(share * (1 - share) / total + spread / total / 4) / (1 + spread)
    return share, max(0.0, middle - reach), min(1.0, middle + reach)


def measured_difficulty(right: int, total: int) -> int | None:
    """The difficulty by the share of right answers, 1 (easy) to 3 (hard); None below sixty answers."""
    if total < ENOUGH_ANSWERS:
        return None
    share = right / total
    return DIFFICULTIES["easy" if share >= EASY else "hard" if share < HARD else "medium"]


@transaction.atomic
def count_new_answers(at_most: int = BATCH_SIZE) -> bool:
    """Update the records of questions with new answers. Returns whether more answers may be waiting."""
    waiting = Answer.objects.filter(is_counted=False, answered_at__isnull=False)
    rows = list(waiting.values_list("pk", "question")[:at_most])
    recount({question for _, question in rows})
    Answer.objects.filter(pk__in=[pk for pk, _ in rows]).update(is_counted=True)
    return len(rows) == at_most


def recount(questions: Iterable[int]) -> None:
    """Store the records of these questions (primary keys), counted from all their answers; four queries."""
    answer_counts: defaultdict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    first = Answer.objects.filter(question__in=questions, is_first=True, mark__in=["right", "wrong"])
    for question, mark, submission, count in (
        first.order_by().values_list("question", "mark", "submission").annotate(count=Count("pk"))
    ):
        answer_counts[question][mark, submission] += count
    discriminations = _discriminations(
        first,
        [pk for pk, answer_counter in answer_counts.items() if answer_counter.total() >= ENOUGH_ANSWERS],
    )
    rows = Question.objects.filter(pk__in=questions).prefetch_related("options")
    records = [
        _record(question, answer_counts[question.pk], discriminations.get(question.pk)) for question in rows
    ]
    QuestionRecord.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["question"], update_fields=FIELDS
    )


def _discriminations(answers: QuerySet[Answer], questions: list[int]) -> dict[int, float]:
    """
    Return the discrimination of each question by primary key.

    That is the average score (0 to 1) of attempts where it was answered right, minus that of attempts
    where it was answered wrong, less the part of the question itself.
    """
    ended = answers.filter(question__in=questions, attempt__finished_at__isnull=False)
    rest = Cast(F("attempt__right_count"), FloatField()) / Cast(F("attempt__question_count"), FloatField())
    averages = (
        ended.filter(attempt__question_count__gt=1)
        .order_by()
        .values("question")
        .annotate(
            rest_when_right=Avg(rest, filter=Q(mark="right")),
            rest_when_wrong=Avg(rest, filter=Q(mark="wrong")),
            question_count=Avg("attempt__question_count"),
        )
    )
    # The score of an attempt includes the question itself; subtracting 1 / question_count removes it.
    return {
        row["question"]: row["rest_when_right"] - row["rest_when_wrong"] - 1 / row["question_count"]
        for row in averages
        if row["rest_when_right"] is not None and row["rest_when_wrong"] is not None
    }


def _record(
    question: Question, answer_counter: Counter[tuple[str, str]], discrimination: float | None
) -> QuestionRecord:
    answer_count = answer_counter.total()
    right_count = sum(count for (mark, _), count in answer_counter.items() if mark == "right")
    submission_counts: Counter[str] = Counter()
    for (_, submission), count in answer_counter.items():
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
        record.suspicions = "\n".join(_suspicions(question, answer_counter, record))
    return record


def _suspicions(
    question: Question, answer_counter: Counter[tuple[str, str]], record: QuestionRecord
) -> Iterator[str]:
    """Reasons for staff to review a question, as sentences."""
    texts = {str(option.pk): option.text for option in question.options.all()}
    wrong = Counter(
        {
            submission: count
            for (mark, submission), count in answer_counter.items()
            if mark == "wrong" and submission
        }
    )
    for submission, count in wrong.most_common(1):
        if count > record.right_count:
            yield f"“{texts.get(submission, submission)}” draws more players than the right answer."
    if record.discrimination is not None and record.discrimination < 0:
        yield "Players who do well elsewhere fail it."
    for text in _never_picked(question, answer_counter):
        yield f"Nobody picks “{text}”."


def _never_picked(question: Question, answer_counter: Counter[tuple[str, str]]) -> list[str]:
    if question.kind not in (Question.Kind.CHOICE, Question.Kind.SEVERAL):
        return []
    picked = {pk for (_, submission) in answer_counter for pk in option_pks(submission)}
    return [option.text for option in question.options.all() if option.pk not in picked]
