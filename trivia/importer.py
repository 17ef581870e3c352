"""Taking questions from files into the bank: whole or not at all, and nothing twice."""

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.text import slugify
from rapidfuzz import fuzz, process
from taggit.models import Tag

from films.titles import folded
from trivia.models import Option, Question, QuestionTag
from trivia.models.questions import LICENCES_WITHOUT_ATTRIBUTION

if TYPE_CHECKING:
    from trivia.formats import ParsedQuestion

# The terms that a collection is known to come under: licence, and whom it asks us to name.
COLLECTION_TERMS = {
    "opentdb": (Question.Licence.CC_BY_SA, "Open Trivia Database (opentdb.com)"),
    "opentriviaqa": (Question.Licence.CC_BY_SA, "OpenTriviaQA"),
}
OUR_TERMS = (Question.Licence.OURS, "")
BATCH_SIZE = 500  # rows a statement
MIN_SIMILARITY = 88  # of 100: how near a question must come to be shown as near
SIMILAR_SHOWN = 5


class ImportResult(NamedTuple):
    """What became of a file's questions: how many were new, and which lines held what the bank has."""

    created: int
    duplicates: list


def duplicate_key(text: str) -> str:
    """What two wordings of one question share, as `Question.text_key` holds it."""
    return folded(text)[: Question._meta.get_field("text_key").max_length]


def lacks_attribution(
    questions: "list[ParsedQuestion]", licence: str | Question.Licence, author: str
) -> bool:
    """Whether the licence asks for a name that some of these questions would come without."""
    return not (licence in LICENCES_WITHOUT_ATTRIBUTION or author or all(each.source for each in questions))


def import_questions(
    questions: "list[ParsedQuestion]",
    licence: str | Question.Licence,
    author: str = "",
    *,
    dry_run: bool = False,
) -> ImportResult:
    """
    Put `ParsedQuestion` questions into the bank as drafts; those it has already are left out.

    One transaction; a second run changes nothing. `author` is whom the licence asks us to name.
    """
    keys = [duplicate_key(each.text) for each in questions]
    seen, new, duplicates = Question.objects.existing_keys(keys), [], []
    for parsed, key in zip(questions, keys, strict=True):
        (duplicates if key in seen else new).append(parsed)
        seen.add(key)
    if not dry_run:
        _create(new, licence, author)
    return ImportResult(len(new), [each.line for each in duplicates])


@transaction.atomic
def _create(new: "list[ParsedQuestion]", licence: str | Question.Licence, author: str) -> None:
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
    """The tags of these names by their slugs, those that are missing made."""
    wanted = {_slug(name): name for name in sorted(names)}
    existing = set(Tag.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    Tag.objects.bulk_create(
        Tag(name=name, slug=slug) for slug, name in wanted.items() if slug not in existing
    )
    return {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}


def _slug(name: str) -> str:
    return slugify(name) or "tag"


def similar_questions(question: Question) -> list[Question]:
    """Other questions of the bank that ask nearly the same, the nearest first."""
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
