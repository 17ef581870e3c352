"""The film, its genres and its other names."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from films.fuzzy_match import FuzzyMatchQuerySet
from films.slug_urls import slug_url
from films.titles import KeyField, title_sort_key
from photos.fields import PhotoField, UsablePhoto
from redirects.fields import RedirectingSlugField

certificate_lines = RegexValidator(
    r"^[A-Z]{2} [^,]+(, [A-Z]{2} [^,]+)*$",
    "Write country and certificate, with commas between: US PG-13, GB 12A.",
)
imdb_title = RegexValidator(r"^tt\d{7,9}$", "An IMDb title number looks like tt0017136.")


class Genre(models.Model):
    """A genre; a film may have several."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FilmQuerySet(FuzzyMatchQuerySet["Film"]):
    """Films by decade, by genre, and by any of their titles."""

    def match_keys(self) -> list[tuple[int, str]]:
        """(film id, key) for titles first, then original titles, then aliases; one query."""

        def ranked_as(rank: int, rows: models.QuerySet[Any], *columns: str) -> models.QuerySet[Any, Any]:
            film, key, year = columns
            ranked = rows.order_by().annotate(rank=models.Value(rank))
            return ranked.values_list(film, key, "rank", year)

        originals = self.exclude(original_key="")
        aliases = FilmAlias.objects.filter(film__in=self)
        every = ranked_as(0, self, "pk", "title_key", "year").union(
            ranked_as(1, originals, "pk", "original_key", "year"),
            ranked_as(2, aliases, "film", "title_key", "film__year"),
            all=True,
        )
        return [(film, key) for film, key, *_ in every.order_by("rank", "-year")]

    def other_names(self, keys: Iterable[str]) -> list[str]:
        """Original titles and aliases of the films whose title key is one of `keys`; two queries."""
        films = self.filter(title_key__in=keys)
        names = [film.original_title for film in films if film.original_title]
        return names + list(FilmAlias.objects.filter(film__in=films).values_list("title", flat=True))

    def of_decade(self, decade: str | int) -> Self:
        """Films of the ten years from `decade` (such as 1940) on."""
        first = int(decade)
        return self.filter(year__range=(first, first + 9))

    def decades(self) -> list[int]:
        """The first year of each decade that has films, latest first; one query."""
        years = self.exclude(year=None).order_by().values_list("year", flat=True).distinct()
        return sorted({year // 10 * 10 for year in years if year}, reverse=True)

    def in_genre(self, slug: str) -> Self:
        return self.filter(genres__slug=slug)

    def for_cards(self) -> Self:
        """The columns that a card or a list prints, without the synopsis; one query."""
        return self.select_related("poster").defer("synopsis").fetch_mode(models.FETCH_PEERS)


class Film(models.Model):
    """One film; a remake is another film. Reviews, releases, interviews and trivia refer to it."""

    title = models.CharField(max_length=250)
    original_title = models.CharField(max_length=250, blank=True)
    slug = RedirectingSlugField(max_length=120, unique=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    runtime = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In minutes.")
    synopsis = models.TextField(
        blank=True, help_text="The plot as far as a reader may know it before seeing the film. No endings."
    )
    countries = models.CharField(
        max_length=200, blank=True, help_text="With commas between: Germany, France."
    )
    certificates = models.CharField(
        max_length=200,
        blank=True,
        validators=[certificate_lines],
        help_text="Our own country first, with commas between: US PG-13, GB 12A.",
    )
    aspect_ratio = models.CharField(max_length=10, blank=True, help_text="As in 1.85:1.")
    genres = models.ManyToManyField(Genre, blank=True, related_name="films")
    poster = PhotoField(help_text="Without one, the magazine draws key art from the title.")
    usable_poster = UsablePhoto("poster")
    imdb_id = models.CharField(
        "IMDb number", max_length=11, blank=True, validators=[imdb_title], db_index=True
    )
    title_key = KeyField(of="title")
    original_key = KeyField(of="original_title")
    sort_key = KeyField(of="title", by=title_sort_key, default="")

    objects = FilmQuerySet.as_manager()

    class Meta:
        ordering = ["title_key", "year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1870, 2150)),
                name="film_year_of_cinema",
                violation_error_message="Films were made between 1870 and 2150.",
            ),
            models.CheckConstraint(
                condition=Q(runtime__isnull=True) | Q(runtime__range=(1, 6000)),
                name="film_runtime_in_minutes",
                violation_error_message="A running time lies between 1 and 6,000 minutes.",
            ),
            models.UniqueConstraint(
                fields=["imdb_id"],
                condition=~Q(imdb_id=""),
                name="film_one_per_imdb_number",
                violation_error_message="Another film has this IMDb number.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    def get_absolute_url(self) -> str:
        return slug_url("film", self.slug)

    @property
    def art_url(self) -> str:
        return slug_url("films:art", self.slug)

    @property
    def backdrop_url(self) -> str:
        return slug_url("films:backdrop", self.slug)

    @property
    def home_certificate(self) -> str:
        """The certificate in our own country, which is listed first: "PG-13"."""
        return self.certificates.partition(",")[0][3:]

    @property
    def edge_code(self) -> str:
        """
        The line of facts about the film: "1927 · PG · 153 min · 1.33:1".

        A line break is allowed after a dot only: all other spaces are no-break spaces.
        """
        minutes = f"{self.runtime} min" if self.runtime else ""
        parts = [str(self.year or ""), self.home_certificate, minutes, self.aspect_ratio]
        return "\xa0· ".join(part.replace(" ", "\xa0") for part in parts if part)


class FilmAlias(models.Model):
    """Another title of a film."""

    class Kind(models.TextChoices):
        RELEASED = "released", "Title in another country"
        WORKING = "working", "Working title"
        SPELLING = "spelling", "Common spelling"

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="aliases")
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RELEASED)
    title_key = KeyField(of="title")

    class Meta:
        verbose_name_plural = "film aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["film", "title"],
                name="film_alias_once",
                violation_error_message="This film has this alias already.",
            )
        ]

    def __str__(self) -> str:
        return self.title
