"""The model `Article`, from which the pieces of all sections inherit."""

from functools import cache, cached_property
from math import ceil
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.options import Options
from django.urls import Resolver404, resolve, reverse
from django.utils.text import Truncator
from taggit.managers import TaggableManager

from films.models import Credit, Film, Person
from films.slug_urls import slug_url
from magazine.fields import PlainTextField, SearchTextField, SearchTitleField, SectionField, WordCountField
from magazine.json_ld import article_data
from magazine.markup import ProseField
from magazine.models.contributors import Byline, Contributor
from magazine.models.corrections import PrintedCorrection
from magazine.models.publication import EMBARGO_CONSTRAINT, PublicationMixin
from magazine.models.querysets import ArticleQuerySet
from magazine.publishing import PublishBlocker
from magazine.ratings import spoken_stars
from magazine.related import find_related
from magazine.search.words import Word
from photos.fields import PhotoField, UsablePhoto
from redirects.fields import RedirectingSlugField

WORDS_A_MINUTE = 230
SLUG_TAKEN = "Another piece in this section has this address."


class Article(PublicationMixin):
    """
    What every published piece shares, so that lists, feeds and search are written once.

    Sections inherit from it. `film` is the film that the piece is about; `films` are others that it
    mentions.
    """

    section = SectionField(max_length=20, editable=False)
    title = models.CharField(max_length=200)
    slug = RedirectingSlugField(
        max_length=120, help_text="The end of the address. The old address redirects to a new one."
    )
    dek = models.CharField(
        max_length=400, blank=True, help_text="One or two sentences under the title. No spoilers."
    )
    verdict = models.CharField(
        max_length=250,
        blank=True,
        help_text="One sentence of opinion, for cards, search engines, feeds and sharing. No spoilers.",
    )
    half_stars = models.PositiveSmallIntegerField("rating", null=True, blank=True)
    body = ProseField(blank=True)
    spoils = models.BooleanField(
        "gives away the ending",
        default=False,
        help_text="Folds the whole text away on the page and keeps it out of feeds and search.",
    )
    lead_photo = PhotoField()
    usable_lead_photo = UsablePhoto("lead_photo")

    film = models.ForeignKey(Film, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces")
    films = models.ManyToManyField(Film, blank=True, related_name="mentioned_in", verbose_name="other films")
    people = models.ManyToManyField(Person, blank=True, related_name="mentioned_in")
    tags = TaggableManager(blank=True, through="magazine.ArticleTag", help_text="With commas between.")
    see_also = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="+")

    request_count = models.PositiveIntegerField(
        null=True, editable=False, help_text="How many had asked for it."
    )
    updated_at = models.DateTimeField(auto_now=True)
    word_count = WordCountField(default=0, editable=False)
    search_title = SearchTitleField(max_length=400, blank=True, editable=False)
    plain_text = PlainTextField(blank=True, editable=False)
    search_text = SearchTextField(blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()
    # Columns that methods of `ArticleQuerySet` add, such as `with_author_rows`.
    author_rows: list[dict[str, str]]
    tag_rows: list[dict[str, str]]
    correction_rows: list[dict[str, Any]]
    reason: str  # why a related piece is shown; `find_related` sets it

    class Meta:
        get_latest_by = "published_at"
        permissions = [("publish_article", "Can publish, schedule and take down pieces")]
        indexes = [
            # A covering index for counts and sitemaps, which then need not read the table.
            models.Index(
                fields=["section", "-published_at", "unlisted", "updated_at"],
                name="article_newest_in_section",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "slug"],
                name="article_one_slug_per_section",
                violation_error_message=SLUG_TAKEN,
            ),
            EMBARGO_CONSTRAINT,
            models.CheckConstraint(
                condition=Q(half_stars__isnull=True) | Q(half_stars__range=(1, 10)),
                name="article_half_star_to_five",
                violation_error_message="A rating lies between half a star and five; or give none.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return slug_url(f"{self.section}:detail", self.slug)

    def clean(self) -> None:
        # The slug is unique within the section. No form has the field `section`, so Django does not
        # check that constraint, and without this check the database would raise an IntegrityError.
        self.section = self._meta.app_label if self.is_section_piece else self.section
        missing = self.missing_fields() if self.published_at else []
        errors = {
            blocker.field: f"{blocker.sentence} Or save a draft: empty “published”." for blocker in missing
        }
        same_slug = Article.objects.filter(section=self.section, slug=self.slug).exclude(pk=self.pk)
        if same_slug.exists() or self.is_shadowed:
            errors["slug"] = SLUG_TAKEN
        if errors:
            raise ValidationError(errors)

    @property
    def is_shadowed(self) -> bool:
        """Whether another page of the section has this URL, such as its calendar."""
        try:
            return resolve(self.get_absolute_url()).view_name != f"{self.section}:detail"
        except Resolver404:
            return False

    @property
    def is_section_piece(self) -> bool:
        """Whether this is an object of a section's model, and not the shared record alone."""
        return type(self) is not Article

    @classmethod
    def child_accessors(cls) -> dict[str, str]:
        """The attribute that leads from the shared record to the section's object, by section."""
        return {section: str(meta.model_name) for section, meta in section_metas().items()}

    @property
    def piece(self) -> "Article":
        """The same piece with its section's own fields."""
        return self if self.is_section_piece else getattr(self, self.child_accessors()[self.section])

    @property
    def kicker(self) -> str:
        """What kind of piece this is, in a word: "Review"."""
        return str(section_metas()[self.section].verbose_name).capitalize()

    @property
    def card_line(self) -> str:
        """The one line that describes the piece on a list: the verdict, else the dek."""
        return self.verdict or self.dek

    @property
    def description(self) -> str:
        """The card line for search engines and share cards: 200 characters at most."""
        return Truncator(self.card_line).chars(200)

    @property
    def spoken_rating(self) -> str:
        """The rating in words: "3 and a half stars out of 5"; "" where there is none."""
        return spoken_stars(self.half_stars) if self.half_stars else ""

    @property
    def minutes(self) -> int:
        """The reading time."""
        return max(1, ceil(self.word_count / WORDS_A_MINUTE))

    @cached_property
    def authors(self) -> list[Contributor]:
        """The contributors who wrote the text, in the order of the bylines."""
        return [line.contributor for line in self.bylines.all() if line.role == Byline.Role.WORDS]

    @cached_property
    def film_credits(self) -> list[Credit]:
        """The credits of the film it is about, in billing order, with their people; one query."""
        credits = Credit.objects.filter(film=self.film_id).in_billing_order()
        return list(credits.select_related("person"))

    @property
    def author_names(self) -> list[str]:
        """The names of the authors, for a piece that `for_cards` fetched."""
        return [row["name"] for row in self.author_rows]

    @property
    def printed_corrections(self) -> list[PrintedCorrection]:
        """The corrections, newest first, for a piece that `for_page` fetched."""
        return [PrintedCorrection(row) for row in self.correction_rows]

    def texts(self) -> list[str]:
        """Every rich text of the piece, in reading order; sections with more texts add theirs."""
        return [self.body]

    def index(self) -> None:
        """Compute and save the columns for search and reading time, from the piece and its rows."""
        self.save(update_fields=["search_title", "plain_text", "search_text", "word_count"])
        Word.objects.add_from(self.search_text)

    def missing_fields(self) -> list[PublishBlocker]:
        """The publish blockers in the piece's own fields."""
        if self.card_line:
            return []
        return [PublishBlocker("dek", "Write a dek: one or two sentences under the title.")]

    def missing_rows(self) -> list[PublishBlocker]:
        """The publish blockers in rows that belong to the piece, such as bylines."""
        if any(line.role == Byline.Role.WORDS for line in self.bylines.all()):
            return []
        return [PublishBlocker("bylines", "Say whose words these are: add a byline.")]

    def publish_blockers(self) -> list[PublishBlocker]:
        """Every reason why the piece cannot be published yet."""
        return self.missing_fields() + self.missing_rows()

    @property
    def edit_url(self) -> str:
        model_name = section_metas()[self.section].model_name
        return reverse(f"admin:{self.section}_{model_name}_change", args=[self.pk])

    def shares_section_and_film(self, other: "Article") -> bool:
        """Whether both are pieces of the same section about the same film."""
        same_section = self.section == other.section
        return same_section and self.film_id is not None and self.film_id == other.film_id

    def structured_data(self) -> dict[str, Any]:
        """The piece as schema.org data for search engines; sections add their own fields."""
        return article_data(self)

    def related(self) -> list["Article"]:
        """Up to six other pieces, each with the `reason` why it is related; one query."""
        return find_related(self, Article.objects)


@cache
def section_metas() -> "dict[str, Options[Any]]":
    """The `_meta` of the model of each section's pieces, by section."""
    links = [link for link in Article._meta.related_objects if link.parent_link]
    return {link.related_model._meta.app_label: link.related_model._meta for link in links}
