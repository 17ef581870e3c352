"""The article that every published piece is."""

from functools import cache, cached_property
from math import ceil

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.text import Truncator
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from films.models import Credit, Film, Person
from films.slug_urls import slug_url
from magazine.fields import PlainTextField, SearchTextField, SearchTitleField, SectionField, WordCountField
from magazine.json_ld import article_data
from magazine.markup import ProseField
from magazine.models.contributors import Byline
from magazine.models.corrections import PrintedCorrection
from magazine.models.querysets import ArticleQuerySet
from magazine.publishing import PublishBlocker
from magazine.ratings import spoken_stars
from magazine.related import find_related
from magazine.search.words import Word
from photos.fields import PhotoField
from redirects.fields import RedirectingSlugField

WORDS_A_MINUTE = 230
SLUG_TAKEN = "Another piece in this section has this address."


class Article(models.Model):
    """
    What every published piece shares, so that lists, feeds and search are written once.

    Sections inherit from it. `film` is what the piece is about; `films` are others it speaks of.
    """

    section = SectionField(max_length=20, editable=False)
    title = models.CharField(max_length=200)
    slug = RedirectingSlugField(
        max_length=120, help_text="The end of the address. A change leaves a way from the old one."
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

    film = models.ForeignKey(Film, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces")
    films = models.ManyToManyField(Film, blank=True, related_name="mentioned_in", verbose_name="other films")
    people = models.ManyToManyField(Person, blank=True, related_name="mentioned_in")
    tags = TaggableManager(blank=True, through="magazine.ArticleTag", help_text="With commas between.")
    see_also = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="+")

    published_at = models.DateTimeField(
        "published",
        null=True,
        blank=True,
        db_index=True,
        help_text="Empty means draft. A moment in the future means scheduled.",
    )
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Nothing is published before this moment."
    )
    unlisted = models.BooleanField(
        default=False,
        help_text="Out, but only for those who have the address: no list, feed, search or cover shows it.",
    )
    request_count = models.PositiveIntegerField(
        null=True, editable=False, help_text="How many had asked for it."
    )
    updated_at = models.DateTimeField(auto_now=True)
    word_count = WordCountField(default=0, editable=False)
    search_title = SearchTitleField(max_length=400, blank=True, editable=False)
    plain_text = PlainTextField(blank=True, editable=False)
    search_text = SearchTextField(blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        get_latest_by = "published_at"
        permissions = [("publish_article", "Can publish, schedule and take down pieces")]
        indexes = [
            # With all that a count and a sitemap ask: neither then has to read the pieces themselves.
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
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(embargo_until__isnull=True)
                | Q(published_at__gte=F("embargo_until")),
                name="article_embargo_is_a_floor",
                violation_error_message="This would be published before its embargo ends.",
            ),
            models.CheckConstraint(
                condition=Q(half_stars__isnull=True) | Q(half_stars__range=(1, 10)),
                name="article_half_star_to_five",
                violation_error_message="A rating lies between half a star and five; or give none.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return slug_url(f"{self.section}:detail", self.slug)

    def clean(self):
        # The address is unique within the section. A form has no such field, so Django leaves the
        # constraint out of its checks, and the editor would meet the database's own refusal.
        self.section = self._meta.app_label if self.is_section_piece else self.section
        missing = self.missing_fields() if self.published_at else []
        errors = {
            blocker.field: f"{blocker.sentence} Or save a draft: empty “published”." for blocker in missing
        }
        same_address = Article.objects.filter(section=self.section, slug=self.slug).exclude(pk=self.pk)
        if same_address.exists() or self.is_shadowed:
            errors["slug"] = SLUG_TAKEN
        if errors:
            raise ValidationError(errors)

    @property
    def is_shadowed(self):
        """Whether the section has a page of its own at this address, such as a calendar."""
        try:
            return resolve(self.get_absolute_url()).view_name != f"{self.section}:detail"
        except Resolver404:
            return False

    @property
    def is_section_piece(self):
        """Whether this is a piece of a section, and not the shared record alone."""
        return type(self) is not Article

    @classmethod
    def child_accessors(cls):
        """The name under which the shared record reaches its piece, per section."""
        return {section: meta.model_name for section, meta in section_metas().items()}

    @property
    def piece(self):
        """The same piece with its section's own fields."""
        return self if self.is_section_piece else getattr(self, self.child_accessors()[self.section])

    @property
    def kicker(self):
        """What kind of piece this is, in a word: "Review"."""
        return section_metas()[self.section].verbose_name.capitalize()

    @property
    def is_published(self):
        """The instance's side of `reachable()`."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_listed(self):
        """The instance's side of `published()`."""
        return self.is_published and not self.unlisted

    @property
    def is_scheduled(self):
        return self.published_at is not None and not self.is_published

    @property
    def card_line(self):
        """The one line that stands for the piece: the verdict, else the dek."""
        return self.verdict or self.dek

    @property
    def description(self):
        """The same for search engines and cards: 200 characters at most."""
        return Truncator(self.card_line).chars(200)

    @property
    def spoken_rating(self):
        """The rating in words: "3 and a half stars out of 5"; "" where there is none."""
        return spoken_stars(self.half_stars) if self.half_stars else ""

    @property
    def minutes(self):
        return max(1, ceil(self.word_count / WORDS_A_MINUTE))

    @cached_property
    def authors(self):
        """The contributors whose words these are, in order."""
        return [line.contributor for line in self.bylines.all() if line.role == Byline.Role.WORDS]

    @cached_property
    def film_credits(self):
        """The credits of the film it is about, in billing order, with their people; one query."""
        credits = Credit.objects.filter(film=self.film_id).in_billing_order()
        return list(credits.select_related("person"))

    @property
    def author_names(self):
        """The same as names alone, for a piece from `for_cards`."""
        return [row["name"] for row in self.author_rows]

    @property
    def printed_corrections(self):
        return [PrintedCorrection(row) for row in self.correction_rows]

    def texts(self):
        """Every rich text of the piece in reading order; sections that have more add to it."""
        return [self.body]

    def index(self):
        """Bring what search and reading time know of the piece up to date with its rows."""
        self.save(update_fields=["search_title", "plain_text", "search_text", "word_count"])
        Word.objects.add_from(self.search_text)

    def missing_fields(self):
        """What the piece's own fields lack before it may be published, as a list of `PublishBlocker`."""
        if self.card_line:
            return []
        return [PublishBlocker("dek", "Write a dek: one or two sentences under the title.")]

    def missing_rows(self):
        """The same for the rows that belong to it."""
        if any(line.role == Byline.Role.WORDS for line in self.bylines.all()):
            return []
        return [PublishBlocker("bylines", "Say whose words these are: add a byline.")]

    def publish_blockers(self):
        """Everything that keeps the piece from being published."""
        return self.missing_fields() + self.missing_rows()

    @property
    def edit_url(self):
        model_name = section_metas()[self.section].model_name
        return reverse(f"admin:{self.section}_{model_name}_change", args=[self.pk])

    def shares_section_and_film(self, piece):
        """Whether this is a piece of the same section on the same film."""
        return self.film_id is not None and (self.section, self.film_id) == (
            piece.section,
            piece.film_id,
        )

    def structured_data(self):
        """What the page says to search engines, as schema.org data; sections add their own."""
        return article_data(self)

    def related(self):
        """Up to six other pieces, each with the `reason` it stands here; one query."""
        return find_related(self, Article.objects)


@cache
def section_metas():
    """The `_meta` of the model of each section's pieces, by section."""
    links = [link for link in Article._meta.related_objects if link.parent_link]
    return {link.related_model._meta.app_label: link.related_model._meta for link in links}


class ArticleTag(TaggedItemBase):
    """A tag on a piece of any section."""

    content_object = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tagged")
