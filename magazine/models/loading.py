"""How pieces are fetched: one method per shape of page, which decides joins and columns."""

from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from magazine.gate import PieceQuerySet
from magazine.json_rows import JSONRows
from magazine.models.contributors import Byline
from magazine.models.corrections import Correction

# What no card prints.
UNPRINTED = [
    *("body", "search_title", "plain_text", "search_text", "spoils", "embargo_until", "updated_at"),
    *("film__synopsis", "film__original_title", "film__countries", "film__imdb_id"),
    *("film__title_key", "film__original_key", "lead_photo__master", "lead_photo__uploaded_at"),
]


class ArticleQuerySet(PieceQuerySet):
    def with_author_names(self):
        """With `written_by`, the rows that `author_names` reads."""
        words = Byline.objects.filter(article=OuterRef("pk"), role=Byline.Role.WORDS)
        row = JSONObject(name="contributor__name")
        return self.annotate(written_by=JSONRows(words.order_by("order", "pk").values(row=row)))

    def with_small_print(self):
        """With `small_print`, the corrections of each piece, newest first."""
        rows = Correction.objects.filter(article=OuterRef("pk")).order_by("-corrected_at", "-pk")
        row = JSONObject(
            kind="kind", before="before", after="after", note="note", corrected_at="corrected_at"
        )
        return self.annotate(small_print=JSONRows(rows.values(row=row)))

    def with_tags(self):
        """With `tag_rows`, the name and slug of each tag, by name."""
        rows = self.model.tags.through.objects.filter(content_object=OuterRef("pk")).order_by("tag__name")
        return self.annotate(
            tag_rows=JSONRows(rows.values(row=JSONObject(name="tag__name", slug="tag__slug")))
        )

    def for_links(self):
        """What a line with a title needs, and its picture; one query."""
        pictured = self.select_related("lead_photo", "film__poster")
        return pictured.defer(*UNPRINTED).fetch_mode(models.FETCH_PEERS)

    def for_cards(self):
        """Everything a card prints, and not the text; one query."""
        return self.for_links().with_author_names()

    def for_results(self):
        """A card, and the text that excerpts are cut from; one query."""
        return self.for_cards().defer(None).defer(*[each for each in UNPRINTED if each != "plain_text"])

    def for_page(self):
        """One piece with all that its page prints of the shared record; two queries."""
        whole = self.select_related("lead_photo", "film__poster").with_small_print().with_tags()
        return whole.prefetch_related(Byline.named("contributor__portrait"))

    def to_read_on(self, numbers, films):
        """These pieces, and the rated ones on these films (all by number), the oldest first; one query."""
        rated = models.Q(film__in={each for each in films if each}, half_stars__isnull=False)
        wanted = self.filter(rated | models.Q(pk__in={each for each in numbers if each}))
        return list(
            wanted.order_by("published_at", "pk").only("section", "slug", "title", "half_stars", "film")
        )

    def verdicts_on(self, films):
        """Our newest rated piece on each of these films (numbers), by the film's number; one query."""
        rated = self.published().filter(film__in=list(films), half_stars__isnull=False)
        fields = "section", "slug", "title", "half_stars", "film"
        return {piece.film_id: piece for piece in rated.order_by("published_at", "pk").only(*fields)}

    def never_indexed(self):
        """Pieces that the search has never read."""
        return self.filter(search_text="")

    def with_pieces(self):
        """Each with the row of its section joined in, for `piece`; still one query."""
        return self.select_related(*sorted(self.model.accessors().values()))
