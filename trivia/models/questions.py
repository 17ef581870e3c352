"""The question bank: questions with their options, sources and licences."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from films.models import Film, Person
from films.titles import KeyField, folded
from magazine.models import Article
from photos.fields import PhotoField, UsablePhoto
from trivia.formats.parsed import (
    DIFFICULTIES,
    LONGEST_ANSWER,
    LONGEST_NOTE,
    LONGEST_TEXT,
    ParsedQuestion,
    question_problem,
)

LICENCES_WITHOUT_ATTRIBUTION = ["ours", "cc0"]  # these do not require that an author is named


class QuestionTag(TaggedItemBase):
    """A tag on a question."""

    content_object = models.ForeignKey("Question", on_delete=models.CASCADE, related_name="tagged")

    affects_pages = False


class QuestionQuerySet(models.QuerySet["Question"]):
    def live(self) -> Self:
        """Questions that may be asked."""
        return self.filter(status=Question.Status.LIVE)

    def flagged(self) -> Self:
        """Questions with a flag that no ruling has answered yet."""
        return self.filter(flags__isnull=False, flags__ruling__isnull=True).distinct()

    def about(self, film: Film) -> Self:
        """Questions on a film, the easiest first, those without a difficulty last."""
        return self.filter(film=film).order_by(models.F("difficulty").asc(nulls_last=True), "pk")

    def with_options(self) -> Self:
        return self.prefetch_related("options", "tags")

    def by_terms(self) -> list[tuple[str, str, int]]:
        """Return (licence, author, number of questions), the largest number first; one query."""
        terms = self.order_by().values_list("licence", "author").annotate(questions=models.Count("pk"))
        return list(terms.order_by("-questions", "licence", "author"))

    def existing_keys(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` (see `importer.duplicate_key`) that the bank has; one query per thousand keys."""
        keys = sorted(set(keys))
        known: set[str] = set()
        for start in range(0, len(keys), 1_000):
            some = self.filter(text_key__in=keys[start : start + 1_000])
            known.update(some.values_list("text_key", flat=True))
        return known


class Question(models.Model):
    """One question. Its options say which answers are right; each attempt shows them in another order."""

    withdrawal_fields = ["status"]

    class Kind(models.TextChoices):
        CHOICE = "choice", "One answer is right"
        TRUE_FALSE = "true_false", "True or false"
        SEVERAL = "several", "Several answers are right"
        TYPED = "typed", "Typed: any accepted spelling"
        ORDER = "order", "Put in order"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    class Licence(models.TextChoices):
        OURS = "ours", "Our own"
        CC0 = "cc0", "Public domain (CC0)"
        CC_BY = "cc-by-4.0", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
        PERMISSION = "permission", "By permission"

    class Difficulty(models.IntegerChoices):
        EASY = DIFFICULTIES["easy"], "Easy"
        MEDIUM = DIFFICULTIES["medium"], "Medium"
        HARD = DIFFICULTIES["hard"], "Hard"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CHOICE)
    text = models.TextField("question", max_length=LONGEST_TEXT)
    text_key = KeyField(of="text", by=folded)
    photo = PhotoField(help_text="A picture of our own that the question is about.")
    usable_photo = UsablePhoto("photo")
    photo_alt = models.CharField(
        "what it shows", max_length=300, blank=True,
        help_text="In words, for those who cannot see it, and without giving the answer away.",
    )  # fmt: skip
    explanation = models.TextField(
        max_length=LONGEST_NOTE, blank=True, help_text="Shown after the answer: why it is so."
    )
    film = models.ForeignKey(Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )
    piece = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions",
        help_text="The review, interview or episode to read on; linked after the answer.",
    )  # fmt: skip
    difficulty = models.PositiveSmallIntegerField(
        choices=Difficulty,
        null=True,
        blank=True,
        help_text="Your estimate, until there are enough answers to measure it.",
    )

    source = models.CharField(
        max_length=LONGEST_NOTE, blank=True, help_text="Where the answer can be looked up."
    )
    source_url = models.URLField("address of the source", blank=True)
    author = models.CharField(max_length=200, blank=True, help_text="Who wrote the question, if not we.")
    licence = models.CharField(max_length=20, choices=Licence, default=Licence.OURS)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, db_index=True)
    added_at = models.DateTimeField(auto_now_add=True)

    tags = TaggableManager(through=QuestionTag, blank=True)
    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "licence", "author"], name="question_by_terms")]
        constraints = [
            models.CheckConstraint(
                condition=Q(licence__in=LICENCES_WITHOUT_ATTRIBUTION) | ~Q(source="") | ~Q(author=""),
                name="question_of_others_names_them",
                violation_error_message="Their licence asks us to name them: write the author or the source.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:120]

    def as_parsed(self) -> ParsedQuestion:
        """The question with its options, as the formats write it and `question_problem` checks it."""
        options = sorted(self.options.all(), key=lambda option: (option.order, option.pk or 0))
        texts = [option.text for option in options]
        right = [option.text for option in options if option.is_right]
        is_typed, is_order = self.kind == self.Kind.TYPED, self.kind == self.Kind.ORDER
        return ParsedQuestion(
            line=0,
            kind=self.kind,
            text=self.text,
            choices=() if is_typed else tuple(texts),
            correct=tuple(texts if is_typed or is_order else right),
            explanation=self.explanation,
            source=self.source,
            difficulty=self.difficulty,
            tags=tuple(sorted(tag.name for tag in self.tags.all())),
        )

    def publish_blocker(self) -> str | None:
        """Why the question cannot be live, as a sentence for an editor; None if it can."""
        if self.photo_id and not self.photo_alt:
            return "Say what the picture shows, without giving the answer away."
        return question_problem(self.as_parsed())


class Option(models.Model):
    """
    An option of a question: an answer to choose, an accepted spelling, or a step of an order.

    All options of a typed question and of an order are right; `is_right` is ignored there.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    text = models.CharField("answer", max_length=LONGEST_ANSWER)
    is_right = models.BooleanField("right", default=False)
    order = models.PositiveSmallIntegerField("number", default=0)
    is_accepted = models.BooleanField(
        default=False, editable=False, help_text="Accepted as right by a ruling."
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "text"],
                name="option_once_in_a_question",
                violation_error_message="This answer stands there already.",
            )
        ]

    def __str__(self) -> str:
        return self.text
