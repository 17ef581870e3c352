"""The queryset of pieces, with one loading method per kind of page."""

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

# Columns that no card prints.
NOT_ON_CARDS = [
    *("body", "search_title", "plain_text", "search_text", "spoils", "embargo_until", "updated_at"),
    *("film__synopsis", "film__original_title", "film__countries", "film__imdb_id"),
    *("film__title_key", "film__original_key", "lead_photo__master", "lead_photo__uploaded_at"),
]


class ArticleQuerySet[P: "Article"](PieceQuerySet[P]):
    """Pieces of any section, with methods that fetch what a page or a list prints."""

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
        """The columns for a line of a list: title, URL and picture; one query."""
        with_pictures = self.select_related("lead_photo", "film__poster")
        return with_pictures.defer(*NOT_ON_CARDS).fetch_mode(models.FETCH_PEERS)

    def for_cards(self) -> Self:
        """The columns that a card prints, without the text; one query."""
        return self.for_links().with_author_rows()

    def for_search_results(self) -> Self:
        """The columns of a card, and the plain text for excerpts; one query."""
        return self.for_cards().defer(None).defer(*[each for each in NOT_ON_CARDS if each != "plain_text"])

    def for_page(self) -> Self:
        """Everything that the page of a piece prints from the shared record; two queries."""
        pieces = self.select_related("lead_photo", "film__poster").with_correction_rows().with_tag_rows()
        return pieces.prefetch_related(Byline.as_prefetch("contributor__portrait"))

    def further_reading(self, piece_pks: Iterable[int | None], film_pks: Iterable[int | None]) -> list[P]:
        """These pieces, and the rated ones about these films, oldest first; one query."""
        rated = models.Q(film__in={pk for pk in film_pks if pk}, half_stars__isnull=False)
        wanted = self.filter(rated | models.Q(pk__in={pk for pk in piece_pks if pk}))
        return list(
            wanted.order_by("published_at", "pk").only("section", "slug", "title", "half_stars", "film")
        )

    def newest_rated_by_film(self, film_pks: Iterable[int]) -> dict[int, P]:
        """The newest rated piece about each of these films, by the film's primary key; one query."""
        rated = self.published().filter(film__in=list(film_pks), half_stars__isnull=False)
        fields = "section", "slug", "title", "half_stars", "film"
        pieces = rated.order_by("published_at", "pk").only(*fields)
        return {piece.film_id: piece for piece in pieces if piece.film_id is not None}

    def never_indexed(self) -> Self:
        """Pieces that were never indexed for search."""
        return self.filter(search_text="")

    def with_pieces(self) -> Self:
        """With the section's row joined in, so that `piece` needs no further query."""
        return self.select_related(*sorted(self.model.child_accessors().values()))
