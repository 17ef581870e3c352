"""Films and people, what each did, and the discs a film came out on."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify

from films.addresses import address
from films.titles import KeyField, ranked
from photos.models import Photo

certificate_lines = RegexValidator(
    r"^[A-Z]{2} [^,]+(, [A-Z]{2} [^,]+)*$",
    "Write country and certificate, with commas between: US PG-13, GB 12A.",
)
imdb_title = RegexValidator(r"^tt\d{7,9}$", "An IMDb title number looks like tt0017136.")
imdb_name = RegexValidator(r"^nm\d{7,9}$", "An IMDb name number looks like nm0000485.")


def check_barcode(code):
    """A UPC (12 digits) or EAN (13) with its check digit right."""
    digits = [int(digit) for digit in code if digit.isdigit()]
    if len(digits) != len(code) or len(digits) not in (12, 13):
        raise ValidationError("A UPC has 12 digits and an EAN 13; leave out spaces and dashes.")
    weighted = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    if weighted % 10:
        raise ValidationError("The last digit does not fit the others: read the barcode again.")


class Genre(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class MatchedQuerySet(models.QuerySet):
    """Rows that readers ask for by a name they may not spell."""

    def matching(self, text, limit=8):
        """The rows that answer `text`, best first, at most `limit`; a list."""
        numbers = ranked(list(self.match_keys()), text, limit)
        rows = self.in_bulk(numbers)
        return [rows[number] for number in numbers]


class FilmQuerySet(MatchedQuerySet):
    def match_keys(self):
        """(film id, key) for titles first, then original titles, then aliases; one query."""

        def ranked_as(rank, rows, film, key, year):
            rows = rows.order_by().annotate(rank=models.Value(rank))
            return rows.values_list(film, key, "rank", year)

        originals = self.exclude(original_key="")
        aliases = FilmAlias.objects.filter(film__in=self)
        every = ranked_as(0, self, "pk", "title_key", "year").union(
            ranked_as(1, originals, "pk", "original_key", "year"),
            ranked_as(2, aliases, "film", "title_key", "film__year"),
            all=True,
        )
        return [(film, key) for film, key, *_ in every.order_by("rank", "-year")]

    def for_cards(self):
        return self.select_related("poster").defer("synopsis").fetch_mode(models.FETCH_PEERS)


class Film(models.Model):
    """One film; a remake is another one. Reviews, discs, interviews and trivia point here."""

    title = models.CharField(max_length=250)
    original_title = models.CharField(max_length=250, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    runtime = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In minutes.")
    synopsis = models.TextField(
        blank=True, help_text="What a reader may know before the lights go down. No endings."
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
    poster = models.ForeignKey(
        Photo,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Without one, the magazine draws key art from the title.",
    )
    imdb_id = models.CharField(
        "IMDb number", max_length=11, blank=True, validators=[imdb_title], db_index=True
    )
    title_key = KeyField(of="title")
    original_key = KeyField(of="original_title")

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

    def __str__(self):
        return f"{self.title} ({self.year})" if self.year else self.title

    def get_absolute_url(self):
        return address("film", self.slug)

    @property
    def art_url(self):
        return address("films:art", self.slug)

    @property
    def backdrop_url(self):
        return address("films:backdrop", self.slug)

    @property
    def home_certificate(self):
        """How the film is rated at home, as printed: "PG-13"."""
        return self.certificates.partition(",")[0][3:]

    @property
    def edge_code(self):
        """
        The line printed along the film: "1927 · PG · 153 min · 1.33:1".

        It may only break after a dot, so the spaces within a fact and before a dot are hard.
        """
        minutes = f"{self.runtime} min" if self.runtime else ""
        parts = [str(self.year or ""), self.home_certificate, minutes, self.aspect_ratio]
        return "\xa0· ".join(part.replace(" ", "\xa0") for part in parts if part)


class FilmAlias(models.Model):
    """Another name a film goes by."""

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

    def __str__(self):
        return self.title


class PersonQuerySet(MatchedQuerySet):
    def match_keys(self):
        return self.order_by("pk").values_list("pk", "name_key")


class Person(models.Model):
    """Somebody who makes films, or speaks about them."""

    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=120, unique=True)
    bio = models.TextField(blank=True, help_text="Two or three sentences, for the bio box.")
    born = models.PositiveSmallIntegerField("born in", null=True, blank=True)
    died = models.PositiveSmallIntegerField("died in", null=True, blank=True)
    portrait = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    imdb_id = models.CharField("IMDb number", max_length=11, blank=True, validators=[imdb_name])
    name_key = KeyField(of="name")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=Q(born__isnull=True) | Q(died__isnull=True) | Q(died__gt=F("born")),
                name="person_dies_after_birth",
                violation_error_message="Nobody dies before being born.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("person", self.slug)


class CreditQuerySet(models.QuerySet):
    def in_billing_order(self):
        return self.order_by("role", "order", "pk")


class Credit(models.Model):
    """What one person did on one film."""

    class Role(models.IntegerChoices):
        """Numbered in the order in which a page prints them."""

        DIRECTOR = 1, "Directed by"
        WRITER = 2, "Written by"
        CAST = 3, "With"
        PHOTOGRAPHY = 4, "Photographed by"
        EDITOR = 5, "Edited by"
        MUSIC = 6, "Music by"
        PRODUCER = 7, "Produced by"

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits")
    role = models.PositiveSmallIntegerField(choices=Role, default=Role.CAST)
    character = models.CharField(max_length=150, blank=True)
    order = models.PositiveSmallIntegerField("billing", default=0)

    objects = CreditQuerySet.as_manager()

    class Meta:
        ordering = ["role", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "person", "role", "character"],
                name="credit_once",
                violation_error_message="This person has this credit already.",
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.person}"

    @property
    def job(self):
        """What the person was on the film, for a page about the person: "Director", "as Maria"."""
        if self.role == self.Role.CAST:
            return f"as {self.character}" if self.character else "Cast"
        return JOBS[self.role]

    @classmethod
    def by_film(cls, credits):
        """Credits of one person as (film, jobs) pairs, each film once."""
        films = {}
        for credit in credits:
            films.setdefault(credit.film, []).append(credit.job)
        return list(films.items())

    @classmethod
    def by_role(cls, credits):
        """Credits in billing order as (what they did, credits) pairs, in the order of a page."""
        return [(cls.Role(role).label, list(each)) for role, each in groupby(credits, lambda c: c.role)]


JOBS = {
    Credit.Role.DIRECTOR: "Director",
    Credit.Role.WRITER: "Writer",
    Credit.Role.PHOTOGRAPHY: "Camera",
    Credit.Role.EDITOR: "Editor",
    Credit.Role.MUSIC: "Music",
    Credit.Role.PRODUCER: "Producer",
}


class Release(models.Model):
    """One edition of a film on disc, or to download."""

    class Format(models.TextChoices):
        DVD = "dvd", "DVD"
        BLU_RAY = "bluray", "Blu-ray"
        UHD = "uhd", "4K UHD"
        DIGITAL = "digital", "Digital"
        VHS = "vhs", "VHS"

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="releases")
    format = models.CharField(max_length=8, choices=Format)
    edition = models.CharField(max_length=120, blank=True, help_text="As printed on the box.")
    distributor = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=20, blank=True, help_text="1 to 8, A to C, or free.")
    street_date = models.DateField(null=True, blank=True)
    discs = models.PositiveSmallIntegerField(default=1)
    runtime = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In minutes.")
    picture = models.CharField(max_length=200, blank=True, help_text="Transfer and aspect ratio.")
    sound = models.CharField(max_length=200, blank=True)
    subtitles = models.CharField(max_length=200, blank=True)
    extras = models.TextField(blank=True, help_text="One a line.")
    list_price = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, help_text="In US dollars."
    )
    barcode = models.CharField("UPC or EAN", max_length=13, blank=True, validators=[check_barcode])

    class Meta:
        ordering = ["-street_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["barcode"],
                condition=~Q(barcode=""),
                name="release_one_per_barcode",
                violation_error_message="Another edition has this barcode.",
            ),
            models.CheckConstraint(
                condition=Q(discs__gte=1) | Q(format="digital"),
                name="release_has_a_disc",
                violation_error_message="An edition on disc has one disc at least.",
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, [str(self.film), self.get_format_display(), self.edition]))


def unused_slug(text, taken, max_length=120):
    """A slug for `text` that is not in `taken` (a set); a number follows where it must."""
    stem = slugify(text)[: max_length - 5].strip("-") or "untitled"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
