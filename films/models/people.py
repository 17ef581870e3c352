"""People and their credits on films."""

from collections.abc import Iterable
from itertools import groupby
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from films.fuzzy_match import FuzzyMatchQuerySet
from films.models.films import Film
from films.slug_urls import slug_url
from films.titles import KeyField, name_sort_key
from photos.fields import PhotoField, UsablePhoto
from redirects.fields import RedirectingSlugField

imdb_name = RegexValidator(r"^nm\d{7,9}$", "An IMDb name number looks like nm0000485.")


class PersonQuerySet(FuzzyMatchQuerySet["Person"]):
    """People by name."""

    def match_keys(self) -> models.QuerySet["Person", tuple[int, str]]:
        """(person's primary key, key of the name); one query when it is read."""
        return self.order_by("pk").values_list("pk", "name_key")


class Person(models.Model):
    """Somebody who works on films or is interviewed about them."""

    name = models.CharField(max_length=150)
    slug = RedirectingSlugField(max_length=120, unique=True)
    bio = models.TextField(blank=True, help_text="Two or three sentences, for the bio box.")
    born = models.PositiveSmallIntegerField("born in", null=True, blank=True)
    died = models.PositiveSmallIntegerField("died in", null=True, blank=True)
    portrait = PhotoField()
    usable_portrait = UsablePhoto("portrait")
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

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return slug_url("person", self.slug)


class CreditQuerySet(models.QuerySet["Credit"]):
    """Credits of films and of people."""

    def in_billing_order(self) -> Self:
        return self.order_by("role", "order", "pk")

    def directors_of(self, films: Iterable[Film | int]) -> models.QuerySet["Credit", tuple[str, str, int]]:
        """(director's name, director's slug, film's primary key) for each of these films; one query."""
        directing = self.filter(role=Credit.Role.DIRECTOR, film__in=films)
        return directing.values_list("person__name", "person__slug", "film")


class Credit(models.Model):
    """One job of one person on one film."""

    class Role(models.IntegerChoices):
        """The numbers give the order in which a page prints the roles."""

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

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.person}"

    @property
    def job(self) -> str:
        """What the person did on the film, as the person's page prints it: "Director", "as Maria"."""
        if self.role == self.Role.CAST:
            return f"as {self.character}" if self.character else "Cast"
        return JOBS[self.role]

    @classmethod
    def by_film(cls, credits: "Iterable[Credit]") -> list[tuple[Film, list[str]]]:
        """The credits of one person as (film, jobs) pairs, each film once."""
        films: dict[Film, list[str]] = {}
        for credit in credits:
            films.setdefault(credit.film, []).append(credit.job)
        return list(films.items())

    @classmethod
    def by_role(cls, credits: "Iterable[Credit]") -> list[tuple[str, list["Credit"]]]:
        """Credits in billing order as (label of the role, credits) pairs, in the order of a page."""
        return [(cls.Role(role).label, list(each)) for role, each in groupby(credits, lambda c: c.role)]


JOBS: dict[int, str] = {
    Credit.Role.DIRECTOR: "Director",
    Credit.Role.WRITER: "Writer",
    Credit.Role.PHOTOGRAPHY: "Camera",
    Credit.Role.EDITOR: "Editor",
    Credit.Role.MUSIC: "Music",
    Credit.Role.PRODUCER: "Producer",
}
