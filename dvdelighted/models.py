"""The disc review: a film, and how one edition treats it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from films.models import Release
from magazine import json_ld
from magazine.markup import ProseField
from magazine.models import Article, ArticleQuerySet, DisclosureMixin
from magazine.publishing import PublishBlocker
from magazine.ratings import HALF_STARS

RATED_PARTS = {"film": "The film", "picture": "Picture", "sound": "Sound", "extras": "Extras"}


class PartRatingField(models.PositiveSmallIntegerField):
    """Half a star to five for one part of a disc, or none."""

    def __init__(self, *args, **kwargs):
        limits = [MinValueValidator(HALF_STARS[0]), MaxValueValidator(HALF_STARS[-1])]
        super().__init__(*args, **{"null": True, "blank": True, "validators": limits} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["validators"]
        return name, path, args, kwargs


class DiscReviewQuerySet(ArticleQuerySet):
    def for_cards(self):
        return super().for_cards().defer("transfer", "supplements", "how_seen_note")

    def of_format(self, format):
        return self.filter(release__format=format)

    def formats(self):
        """The formats reviewed, each once; one query."""
        return self.order_by("release__format").values_list("release__format", flat=True).distinct()

    def newest_by_release(self, releases):
        """The newest published review of each of these editions, by the edition's pk; one query."""
        reviews = self.published().filter(release__in=releases).order_by("published_at", "pk")
        return {review.release_id: review for review in reviews.defer("body", "transfer", "supplements")}


def rating_constraint(part):
    """The constraint that keeps one part's rating on the scale."""
    field = f"{part}_half_stars"
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (HALF_STARS[0], HALF_STARS[-1])}),
        name=f"disc_review_{part}_half_star_to_five",
        violation_error_message="A rating lies between half a star and five; or give none.",
    )


class DiscReview(DisclosureMixin, Article):
    """
    One critic's opinion of one edition. `body` is about the film, `transfer` about the disc.

    The overall rating is given by the critic; no average is ever printed in its place.
    """

    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="disc_reviews"
    )
    film_half_stars = PartRatingField("the film")
    picture_half_stars = PartRatingField("picture")
    sound_half_stars = PartRatingField("sound")
    extras_half_stars = PartRatingField("extras")
    transfer = ProseField("picture and sound", blank=True, help_text="The part that owners of discs jump to.")
    supplements = ProseField("extras", blank=True)

    objects = DiscReviewQuerySet.as_manager()

    class Meta:
        constraints = [rating_constraint(part) for part in RATED_PARTS]

    def clean(self):
        # What the disc holds is what the piece is about: said once, and never in two ways.
        self.film = self.release.film if self.release_id else None
        super().clean()

    def texts(self):
        return [*super().texts(), self.transfer, self.supplements]

    @property
    def scores(self):
        """(what is rated, half stars) of the four parts; unrated ones are left out."""
        rated = [(label, getattr(self, f"{part}_half_stars")) for part, label in RATED_PARTS.items()]
        return [(label, halves) for label, halves in rated if halves]

    def structured_data(self):
        rating = json_ld.rating_data(self.half_stars)
        return json_ld.article_data(self, "Review") | json_ld.without_empty(
            name=self.title,
            reviewBody=self.verdict,
            reviewRating=rating,
            itemReviewed=self._product_data() if self.release and self.film else None,
        )

    def _product_data(self):
        release, film = self.release, self.film
        code = {f"gtin{len(release.barcode)}": release.barcode} if release.barcode else {}
        return code | json_ld.without_empty(
            at_type="Product",
            name=f"{film.title}: {release.edition_label}",
            category="Film on disc",
            releaseDate=str(release.street_date or ""),
            isRelatedTo=json_ld.movie_data(film),
        )

    def missing_fields(self):
        needed = [
            ("release", self.release_id, "Choose the edition."),
            ("verdict", self.verdict, "Write the verdict: one sentence of opinion."),
            ("how_seen", self.how_seen, "Say how we came by the disc."),
            ("transfer", self.transfer, "Say how the disc looks and sounds."),
        ]
        return [PublishBlocker(field, sentence) for field, value, sentence in needed if not value]
