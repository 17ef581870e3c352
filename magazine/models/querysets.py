"""How pieces are fetched: one method per shape of page, which decides joins and columns."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from magazine.json_subquery import JSONListSubquery
from magazine.models.contributors import Byline
from magazine.models.corrections import Correction
from magazine.publishing import PieceQuerySet

if TYPE_CHECKING:
    from magazine.models.articles import Article

# What no card prints.
NOT_ON_CARDS = [
    *("body", "search_title", "plain_text", "search_text", "spoils", "embargo_until", "updated_at"),
    *("film__synopsis", "film__original_title", "film__countries", "film__imdb_id"),
    *("film__title_key", "film__original_key", "lead_photo__master", "lead_photo__uploaded_at"),
]


class ArticleQuerySet[P: "Article"](PieceQuerySet[P]):
    def with_author_rows(self) -> Self:
        """With `author_rows`, the rows that `author_names` reads."""
        words = Byline.objects.filter(article=OuterRef("pk"), role=Byline.Role.WORDS)
        item = JSONObject(name="contributor__name")
        return self.annotate(author_rows=JSONListSubquery(words.order_by("order", "pk").values(item=item)))

    def with_correction_rows(self) -> Self:
        """With `correction_rows`, the corrections of each piece, newest first."""
        rows = Correction.objects.filter(article=OuterRef("pk")).order_by("-corrected_at", "-pk")
        item = JSONObject(
            kind="kind", before="before", after="after", note="note", corrected_at="corrected_at"
        )
        return self.annotate(correction_rows=JSONListSubquery(rows.values(item=item)))

    def with_tag_rows(self) -> Self:
        """With `tag_rows`, the name and slug of each tag, by name."""
        rows = self.model.tags.through.objects.filter(content_object=OuterRef("pk")).order_by("tag__name")
        return self.annotate(
            tag_rows=JSONListSubquery(rows.values(item=JSONObject(name="tag__name", slug="tag__slug")))
        )

    def for_links(self) -> Self:
        """What a line with a title needs, and its picture; one query."""
        with_pictures = self.select_related("lead_photo", "film__poster")
        return with_pictures.defer(*NOT_ON_CARDS).fetch_mode(models.FETCH_PEERS)

    def for_cards(self) -> Self:
        """Everything a card prints, and not the text; one query."""
        return self.for_links().with_author_rows()

    def for_search_results(self) -> Self:
        """A card, and the text that excerpts are cut from; one query."""
        return self.for_cards().defer(None).defer(*[each for each in NOT_ON_CARDS if each != "plain_text"])

    def for_page(self) -> Self:
        """One piece with all that its page prints of the shared record; two queries."""
        pieces = self.select_related("lead_photo", "film__poster").with_correction_rows().with_tag_rows()
        return pieces.prefetch_related(Byline.as_prefetch("contributor__portrait"))

    def further_reading(self, piece_pks: Iterable[int | None], film_pks: Iterable[int | None]) -> list[P]:
        """These pieces, and the rated ones on these films, the oldest first; one query."""
        rated = models.Q(film__in={pk for pk in film_pks if pk}, half_stars__isnull=False)
        wanted = self.filter(rated | models.Q(pk__in={pk for pk in piece_pks if pk}))
        return list(
            wanted.order_by("published_at", "pk").only("section", "slug", "title", "half_stars", "film")
        )

    def newest_rated_by_film(self, film_pks: Iterable[int]) -> dict[int, P]:
        """Our newest rated piece on each of these films, by the film's primary key; one query."""
        rated = self.published().filter(film__in=list(film_pks), half_stars__isnull=False)
        fields = "section", "slug", "title", "half_stars", "film"
        return {piece.film_id: piece for piece in rated.order_by("published_at", "pk").only(*fields)}

    def never_indexed(self) -> Self:
        """Pieces that the search has never read."""
        return self.filter(search_text="")

    def with_pieces(self) -> Self:
        """Each with the row of its section joined in, for `piece`; still one query."""
        return self.select_related(*sorted(self.model.child_accessors().values()))
