"""People, and what each did on a film."""

from itertools import groupby

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from films.fuzzy_match import FuzzyMatchQuerySet
from films.models.films import Film
from films.slug_urls import slug_url
from films.titles import KeyField, name_sort_key
from photos.fields import PhotoField
from redirects.fields import RedirectingSlugField

imdb_name = RegexValidator(r"^nm\d{7,9}$", "An IMDb name number looks like nm0000485.")


class PersonQuerySet(FuzzyMatchQuerySet["Person"]):
    def match_keys(self):
        return self.order_by("pk").values_list("pk", "name_key")


class Person(models.Model):
    """Somebody who makes films, or speaks about them."""

    name = models.CharField(max_length=150)
    slug = RedirectingSlugField(max_length=120, unique=True)
    bio = models.TextField(blank=True, help_text="Two or three sentences, for the bio box.")
    born = models.PositiveSmallIntegerField("born in", null=True, blank=True)
    died = models.PositiveSmallIntegerField("died in", null=True, blank=True)
    portrait = PhotoField()
    imdb_id = models.CharField("IMDb number", max_length=11, blank=True, validators=[imdb_name])
    name_key = KeyField(of="name")
    sort_key = KeyField(of="name", by=name_sort_key, default="")

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
        return slug_url("person", self.slug)


class CreditQuerySet(models.QuerySet):
    def in_billing_order(self):
        return self.order_by("role", "order", "pk")

    def directors_of(self, films):
        """(name, slug, the film's primary key) of everybody who directed one of these films; one query."""
        directing = self.filter(role=Credit.Role.DIRECTOR, film__in=films)
        return directing.values_list("person__name", "person__slug", "film")


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
