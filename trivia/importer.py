"""Import questions from files into the question bank, in one transaction and without duplicates."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils.text import slugify
from rapidfuzz import fuzz, process
from taggit.models import Tag

from films.titles import folded
from trivia.formats.parsed import ParsedQuestion
from trivia.models import Option, Question, QuestionTag
from trivia.models.questions import LICENCES_WITHOUT_ATTRIBUTION

# By format: the licence of a known collection, and the author whom the licence asks us to name.
COLLECTION_TERMS = {
    "opentdb": (Question.Licence.CC_BY_SA, "Open Trivia Database (opentdb.com)"),
    "opentriviaqa": (Question.Licence.CC_BY_SA, "OpenTriviaQA"),
}
OUR_TERMS = (Question.Licence.OURS, "")
BATCH_SIZE = 500  # rows per INSERT
MIN_SIMILARITY = 88  # out of 100, by rapidfuzz: from here on two questions count as similar
SIMILAR_SHOWN = 5


class ImportResult(NamedTuple):
    """The result of an import: the number of questions created, and the lines of those the bank had."""

    created: int
    duplicates: list[int]


def duplicate_key(text: str) -> str:
    """The key by which two questions are duplicates, as `Question.text_key` holds it."""
    return folded(text)[: Question._meta.get_field("text_key").max_length]


def lacks_attribution(questions: Iterable[ParsedQuestion], licence: str, author: str) -> bool:
    """Whether the licence asks us to name somebody, and a question has neither author nor source."""
    return not (licence in LICENCES_WITHOUT_ATTRIBUTION or author or all(each.source for each in questions))


def import_questions(
    questions: list[ParsedQuestion], licence: str, author: str = "", *, dry_run: bool = False
) -> ImportResult:
    """
    Create the questions as drafts in the bank, except those that it has already.

    Everything is created in one transaction; a second run creates nothing. `author` is the name that
    the licence asks us to give. With `dry_run` nothing is written, and the result is the same.
    """
    keys = [duplicate_key(each.text) for each in questions]
    seen = Question.objects.existing_keys(keys)
    new: list[ParsedQuestion] = []
    duplicates: list[ParsedQuestion] = []
    for parsed, key in zip(questions, keys, strict=True):
        (duplicates if key in seen else new).append(parsed)
        seen.add(key)
    if not dry_run:
        _create(new, licence, author)
    return ImportResult(len(new), [each.line for each in duplicates])


@transaction.atomic
def _create(new: list[ParsedQuestion], licence: str, author: str) -> None:
    rows = [
        Question(
            kind=each.kind, text=each.text, explanation=each.explanation, source=each.source,
            difficulty=each.difficulty, licence=licence, author=author,
        )
        for each in new
    ]  # fmt: skip
    Question.objects.bulk_create(rows, batch_size=BATCH_SIZE)
    pairs = list(zip(rows, new, strict=True))
    options = [
        Option(question=row, text=text, is_right=text in each.correct, order=number)
        for row, each in pairs
        for number, text in enumerate(each.choices or each.correct, 1)
    ]
    Option.objects.bulk_create(options, batch_size=BATCH_SIZE)
    tags = _tags({name for each in new for name in each.tags})
    taggings = [
        QuestionTag(content_object=row, tag=tags[_slug(name)]) for row, each in pairs for name in each.tags
    ]
    QuestionTag.objects.bulk_create(taggings, batch_size=BATCH_SIZE)


def _tags(names: set[str]) -> dict[str, Tag]:
    """Return tags by slug for `names`; creates those that are missing."""
    wanted = {_slug(name): name for name in sorted(names)}
    existing = set(Tag.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    Tag.objects.bulk_create(
        Tag(name=name, slug=slug) for slug, name in wanted.items() if slug not in existing
    )
    return {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}


def _slug(name: str) -> str:
    return slugify(name) or "tag"


def similar_questions(question: Question) -> list[Question]:
    """Up to five other questions of the bank with a similar text, the most similar first."""
    others = Question.objects.exclude(pk=question.pk).values_list("pk", "text_key")
    keys = dict(others)
    found = process.extract(
        duplicate_key(question.text),
        keys,
        scorer=fuzz.token_sort_ratio,
        score_cutoff=MIN_SIMILARITY,
        limit=SIMILAR_SHOWN,
    )
    questions = Question.objects.in_bulk([pk for _, _, pk in found])
    return [questions[pk] for _, _, pk in found if pk in questions]
