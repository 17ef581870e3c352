"""Taking questions from files into the bank: whole or not at all, and nothing twice."""

from typing import NamedTuple

from django.db import transaction
from django.utils.text import slugify
from rapidfuzz import fuzz, process
from taggit.models import Tag

from films.titles import folded
from trivia.models import Option, Question, QuestionTag
from trivia.models.questions import NAMELESS

# The terms that a collection is known to come under: licence, and whom it asks us to name.
TERMS = {
    "opentdb": (Question.Licence.CC_BY_SA, "Open Trivia Database (opentdb.com)"),
    "opentriviaqa": (Question.Licence.CC_BY_SA, "OpenTriviaQA"),
}
OUR_TERMS = (Question.Licence.OURS, "")
TOGETHER = 500  # rows a statement
LIKE, SHOWN = 88, 5  # of 100, how near a question must come to be shown as near; how many are


class Intake(NamedTuple):
    """What became of a file's questions: how many were new, and which lines held what the bank has."""

    created: int
    known: list


def key_of(text):
    """What two wordings of one question share, as `Question.text_key` holds it."""
    return folded(text)[: Question._meta.get_field("text_key").max_length]


def names_nobody(questions, licence, author):
    """Whether the licence asks for a name that some of these questions would come without."""
    return not (licence in NAMELESS or author or all(each.source for each in questions))


def take_in(questions, licence, author="", *, dry_run=False):
    """
    Put `Parsed` questions into the bank as drafts; those it has already are left out.

    One transaction; a second run changes nothing. `author` is whom the licence asks us to name.
    """
    keys = [key_of(each.text) for each in questions]
    seen, new, known = Question.objects.asked_like(keys), [], []
    for parsed, key in zip(questions, keys, strict=True):
        (known if key in seen else new).append(parsed)
        seen.add(key)
    if not dry_run:
        _create(new, licence, author)
    return Intake(len(new), [each.line for each in known])


@transaction.atomic
def _create(new, licence, author):
    rows = [
        Question(
            kind=each.kind, text=each.text, explanation=each.explanation, source=each.source,
            difficulty=each.difficulty, licence=licence, author=author,
        )
        for each in new
    ]  # fmt: skip
    Question.objects.bulk_create(rows, batch_size=TOGETHER)
    pairs = list(zip(rows, new, strict=True))
    options = [
        Option(question=row, text=text, is_right=text in each.correct, order=number)
        for row, each in pairs
        for number, text in enumerate(each.choices or each.correct, 1)
    ]
    Option.objects.bulk_create(options, batch_size=TOGETHER)
    tags = _tags({name for each in new for name in each.tags})
    marks = [
        QuestionTag(content_object=row, tag=tags[_slug(name)]) for row, each in pairs for name in each.tags
    ]
    QuestionTag.objects.bulk_create(marks, batch_size=TOGETHER)


def _tags(names):
    """The tags of these names by their slugs, those that are missing made."""
    wanted = {_slug(name): name for name in sorted(names)}
    have = set(Tag.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    Tag.objects.bulk_create(Tag(name=name, slug=slug) for slug, name in wanted.items() if slug not in have)
    return {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}


def _slug(name):
    return slugify(name) or "tag"


def near(question):
    """Other questions of the bank that ask nearly the same, the nearest first."""
    others = Question.objects.exclude(pk=question.pk).values_list("pk", "text_key")
    keys = dict(others)
    found = process.extract(
        key_of(question.text), keys, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE, limit=SHOWN
    )
    rows = Question.objects.in_bulk([pk for _, _, pk in found])
    return [rows[pk] for _, _, pk in found if pk in rows]
