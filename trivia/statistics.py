"""
How questions are answered: by players who met them for the first time, and silent till there are enough.

The worker counts in slices. A question is always counted anew and whole, so that a ruling, a player
who is forgotten, or a worker that dies between two slices leaves no count that is wrong for long.
"""

from collections import Counter, defaultdict
from math import sqrt

from django.db import transaction
from django.db.models import Avg, Count, F, FloatField, Q
from django.db.models.functions import Cast

from trivia.formats.parsed import DIFFICULTIES
from trivia.marking import numbers
from trivia.models import Answer, Question, QuestionRecord

ENOUGH = 60  # first answers, before anything is said about a question
SLICE = 500  # answers the worker looks at in one go
EASY, HARD = 0.75, 0.4  # shares of right answers: from here on easy, below this hard
DRAWN = 12  # different answers that a record keeps
SURE = 1.96  # standard errors on either side of a share: 95 of 100 such intervals hold the true one
FIELDS = ["asked", "right", "passed", "drawn", "lean", "measured", "suspicion"]


def interval(right, asked):
    """The share of right answers, and between which shares it truly lies (Wilson's 95 % interval)."""
    share, spread = right / asked, SURE**2 / asked
    middle = (share + spread / 2) / (1 + spread)
    reach = SURE * sqrt(share * (1 - share) / asked + spread / asked / 4) / (1 + spread)
    return share, max(0.0, middle - reach), min(1.0, middle + reach)


def level_of(right, asked):
    """The difficulty that answers tell, 1 to 3; None till there are enough."""
    if asked < ENOUGH:
        return None
    share = right / asked
    return DIFFICULTIES["easy" if share >= EASY else "hard" if share < HARD else "medium"]


@transaction.atomic
def count_some(at_most=SLICE):
    """Bring the records of some questions up to date, those with new answers; whether there may be more."""
    waiting = Answer.objects.filter(counted=False, answered_at__isnull=False)
    rows = list(waiting.values_list("pk", "question")[:at_most])
    count({question for _, question in rows})
    Answer.objects.filter(pk__in=[pk for pk, _ in rows]).update(counted=True)
    return len(rows) == at_most


def count(questions):
    """Count the answers to these questions (numbers) anew; four queries."""
    tallies = defaultdict(Counter)
    first = Answer.objects.filter(question__in=questions, is_first=True, mark__in=["right", "wrong"])
    for question, mark, given, many in (
        first.order_by().values_list("question", "mark", "given").annotate(many=Count("pk"))
    ):
        tallies[question][mark, given] += many
    leans = _leans(first, [pk for pk, tally in tallies.items() if tally.total() >= ENOUGH])
    rows = Question.objects.filter(pk__in=questions).prefetch_related("options")
    records = [_record(question, tallies[question.pk], leans.get(question.pk)) for question in rows]
    QuestionRecord.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["question"], update_fields=FIELDS
    )


def _leans(answers, questions):
    """How much better those do on the rest of their attempt who get a question right, by its number."""
    ended = answers.filter(question__in=questions, attempt__finished_at__isnull=False, attempt__asked__gt=1)
    rest = Cast(F("attempt__right"), FloatField()) / Cast(F("attempt__asked"), FloatField())
    means = (
        ended.order_by()
        .values("question")
        .annotate(
            strong=Avg(rest, filter=Q(mark="right")),
            weak=Avg(rest, filter=Q(mark="wrong")),
            asked=Avg("attempt__asked"),
        )
    )
    # The question itself is one of those asked, and is no witness in its own case.
    return {
        row["question"]: row["strong"] - row["weak"] - 1 / row["asked"]
        for row in means
        if row["strong"] is not None and row["weak"] is not None
    }


def _record(question, tally, lean):
    asked = tally.total()
    right = sum(many for (mark, _), many in tally.items() if mark == "right")
    drawn = Counter()
    for (_, given), many in tally.items():
        drawn[given] += many
    record = QuestionRecord(
        question=question, asked=asked, right=right, passed=drawn.pop("", 0),
        drawn=dict(drawn.most_common(DRAWN)), lean=lean, measured=level_of(right, asked),
    )  # fmt: skip
    if asked >= ENOUGH:
        record.suspicion = "\n".join(_suspicions(question, tally, record))
    return record


def _suspicions(question, tally, record):
    """Why somebody should look at a question, as sentences."""
    texts = {str(option.pk): option.text for option in question.options.all()}
    wrong = Counter({given: many for (mark, given), many in tally.items() if mark == "wrong" and given})
    for given, many in wrong.most_common(1):
        if many > record.right:
            yield f"“{texts.get(given, given)}” draws more players than the right answer."
    if record.lean is not None and record.lean < 0:
        yield "Players who do well elsewhere fail it."
    for text in _never_picked(question, tally):
        yield f"Nobody picks “{text}”."


def _never_picked(question, tally):
    if question.kind not in (Question.Kind.CHOICE, Question.Kind.SEVERAL):
        return []
    picked = {pk for (_, given) in tally for pk in numbers(given)}
    return [option.text for option in question.options.all() if option.pk not in picked]
