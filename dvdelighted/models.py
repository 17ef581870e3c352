"""The disc review: an opinion of a film and of one edition of it."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from films.models import Film, Release
from magazine import json_ld
from magazine.markup import ProseField
from magazine.models import Article, ArticleQuerySet, DisclosureMixin
from magazine.publishing import PublishBlocker
from magazine.ratings import HALF_STARS

RATED_PARTS = {"film": "The film", "picture": "Picture", "sound": "Sound", "extras": "Extras"}


class PartRatingField(models.PositiveSmallIntegerField):
    """The rating of one part of a disc in half stars, 1 to 10, or None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        limits = [MinValueValidator(HALF_STARS[0]), MaxValueValidator(HALF_STARS[-1])]
        options: dict[str, Any] = {"null": True, "blank": True, "validators": limits} | kwargs
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["validators"]
        return name, path, args, kwargs


class DiscReviewQuerySet(ArticleQuerySet["DiscReview"]):
    def for_cards(self) -> Self:
        return super().for_cards().defer("transfer", "supplements", "how_seen_note")

    def of_format(self, format: str) -> Self:
        return self.filter(release__format=format)

    def formats(self) -> "models.QuerySet[DiscReview, str | None]":
        """The formats of the reviewed discs, each once; one query."""
        return self.order_by("release__format").values_list("release__format", flat=True).distinct()

    def newest_by_release(self, releases: Iterable[Release]) -> "dict[int, DiscReview]":
        """The newest published review of each edition, by the primary key of the edition; one query."""
        reviews = self.published().filter(release__in=releases).order_by("published_at", "pk")
        return {
            review.release_id: review
            for review in reviews.defer("body", "transfer", "supplements")
            if review.release_id
        }


def rating_constraint(part: str) -> models.CheckConstraint:
    """A constraint that keeps the rating of one part between half a star and five."""
    field = f"{part}_half_stars"
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (HALF_STARS[0], HALF_STARS[-1])}),
        name=f"disc_review_{part}_half_star_to_five",
        violation_error_message="A rating lies between half a star and five; or give none.",
    )


class DiscReview(DisclosureMixin, Article):
    """
    One critic's opinion of one edition. `body` is about the film, `transfer` about picture and sound.

    The critic gives the overall rating; it is not an average of the parts.
    """

    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="disc_reviews"
    )
    film_half_stars = PartRatingField("the film")
    picture_half_stars = PartRatingField("picture")
    sound_half_stars = PartRatingField("sound")
    extras_half_stars = PartRatingField("extras")
    transfer = ProseField(
        "picture and sound",
        blank=True,
        help_text="The part of the review on picture and sound of this edition.",
    )
    supplements = ProseField("extras", blank=True)

    objects: ClassVar = DiscReviewQuerySet.as_manager()

    class Meta:
        constraints = [rating_constraint(part) for part in RATED_PARTS]

    def clean(self) -> None:
        # The film follows from the edition, so that an editor does not choose it a second time.
        self.film = self.release.film if self.release else None
        super().clean()

    def texts(self) -> list[str]:
        return [*super().texts(), self.transfer, self.supplements]

    @property
    def scores(self) -> list[tuple[str, int]]:
        """(label, half stars) of the parts that are rated."""
        rated = [(label, getattr(self, f"{part}_half_stars")) for part, label in RATED_PARTS.items()]
        return [(label, halves) for label, halves in rated if halves]

    def structured_data(self) -> dict[str, Any]:
        """The edition is the reviewed product; the film is what the review is about (see `article_data`)."""
        return json_ld.article_data(self, "Review") | json_ld.without_empty(
            name=self.title,
            reviewBody=self.verdict,
            reviewRating=json_ld.rating_data(self.half_stars),
            itemReviewed=_product_data(self.release, self.film) if self.release and self.film else None,
        )

    def missing_fields(self) -> list[PublishBlocker]:
        needed = [
            ("release", self.release_id, "Choose the edition."),
            ("verdict", self.verdict, "Write the verdict: one sentence of opinion."),
            ("how_seen", self.how_seen, "Say how we came by the disc."),
            ("transfer", self.transfer, "Say how the disc looks and sounds."),
        ]
        return [PublishBlocker(field, sentence) for field, value, sentence in needed if not value]


def _product_data(release: Release, film: Film) -> dict[str, Any]:
    code = {f"gtin{len(release.barcode)}": release.barcode} if release.barcode else {}
    return code | json_ld.without_empty(
        at_type="Product",
        name=f"{film.title}: {release.edition_label}",
        category="Film on disc",
        releaseDate=str(release.street_date or ""),
    )
