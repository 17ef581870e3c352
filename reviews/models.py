"""The review and its content notes."""

import re
from typing import Any, ClassVar, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from films.models import Credit, Film
from magazine import json_ld
from magazine.models import Article, ArticleQuerySet, Byline, DisclosureMixin
from magazine.publishing import PublishBlocker

CONTENT_NOTE_LINE = re.compile(
    r"^(?P<topic>[^,:]+),\s*(?P<weight>brief|some|strong)\s*(:\s*(?P<detail>.+))?$", re.I
)


class ContentNote(NamedTuple):
    """A warning for readers. `detail` says where and how; it may be a spoiler."""

    topic: str
    weight: str
    detail: str


def validate_content_notes(text: str) -> None:
    """Raise `ValidationError` for a line that is not `topic, weight: where and how`."""
    for line in filter(None, map(str.strip, text.splitlines())):
        if not CONTENT_NOTE_LINE.match(line):
            raise ValidationError(
                f"“{line}” is not understood. Write one note a line: topic, weight (brief, some or "
                "strong), then a colon and where it is: Animal harm, brief: a horse falls in reel two."
            )


class ReviewQuerySet(ArticleQuerySet["Review"]):
    def for_cards(self) -> Self:
        return super().for_cards().defer("pros", "cons", "content_notes", "how_seen_note")

    def in_genre(self, slug: str) -> Self:
        return self.filter(film__genres__slug=slug)

    def by_critic(self, slug: str) -> Self:
        words = Byline.objects.filter(contributor__slug=slug, role=Byline.Role.WORDS)
        return self.filter(pk__in=words.values("article"))

    def film_years_and_genres(self) -> "models.QuerySet[Film, tuple[int | None, str, str]]":
        """(year, name of the genre, slug of the genre) of the reviewed films, each once; one query."""
        films = Film.objects.filter(models.Exists(self.filter(film=models.OuterRef("pk"))))
        return films.values_list("year", "genres__name", "genres__slug").distinct()

    def critics(self) -> "models.QuerySet[Review, tuple[str, str]]":
        """(name, slug) of the authors of these reviews, by name; one query."""
        words = self.filter(bylines__role=Byline.Role.WORDS)
        names = words.values_list("bylines__contributor__name", "bylines__contributor__slug")
        return names.order_by("bylines__contributor__name").distinct()


class Review(DisclosureMixin, Article):
    """One critic's opinion of one film."""

    content_checked = models.BooleanField(
        "content notes checked",
        default=False,
        help_text="Ticked and no notes below: the page says that none were noted.",
    )
    content_notes = models.TextField(
        blank=True,
        validators=[validate_content_notes],
        help_text="One a line: topic, weight (brief, some, strong): where and how. "
        "What follows the colon stays folded away, since it may spoil.",
    )
    pros = models.TextField("for", blank=True, help_text="One a line, three at most.")
    cons = models.TextField("against", blank=True, help_text="One a line, three at most.")

    objects: ClassVar = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(content_notes="") | Q(content_checked=True),
                name="review_notes_were_checked",
                violation_error_message="There are content notes: tick that they were checked.",
            )
        ]

    @property
    def content_note_list(self) -> list[ContentNote]:
        """The content notes, as `ContentNote`s."""
        matches = filter(
            None, (CONTENT_NOTE_LINE.match(line.strip()) for line in self.content_notes.splitlines())
        )
        return [
            ContentNote(match["topic"].strip(), match["weight"].lower(), match["detail"] or "")
            for match in matches
        ]

    @property
    def has_content_note_details(self) -> bool:
        return any(note.detail for note in self.content_note_list)

    @property
    def pro_list(self) -> list[str]:
        return [line.strip() for line in self.pros.splitlines() if line.strip()]

    @property
    def con_list(self) -> list[str]:
        return [line.strip() for line in self.cons.splitlines() if line.strip()]

    def structured_data(self) -> dict[str, Any]:
        directors = [credit.person for credit in self.film_credits if credit.role == Credit.Role.DIRECTOR]
        return json_ld.article_data(self, "Review") | json_ld.without_empty(
            name=self.title, reviewBody=self.verdict, about=None,
            itemReviewed=json_ld.movie_data(self.film, directors) if self.film else None,
            reviewRating=json_ld.rating_data(self.half_stars),
        )  # fmt: skip

    def missing_fields(self) -> list[PublishBlocker]:
        needed = [
            ("film", self.film_id, "Choose the film."),
            ("verdict", self.verdict, "Write the verdict: one sentence of opinion."),
            ("how_seen", self.how_seen, "Say how we saw it."),
            ("body", self.body, "The review has no text yet."),
        ]
        return [PublishBlocker(field, sentence) for field, value, sentence in needed if not value]
