"""Albums, and the pictures in them in an order that editors choose."""

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape

from films.models import Film, Person
from magazine import json_ld
from magazine.models import Article, ArticleQuerySet
from magazine.publishing import PublishBlocker
from photos.models import Photo


class Album(Article):
    """Pictures that belong together. Its lead photo is the cover; without one, the first picture is."""

    objects: ClassVar = ArticleQuerySet.as_manager()

    @cached_property
    def usable_pictures(self) -> "list[Picture]":
        """The pictures that may be shown, in order; one query."""
        return list(self.pictures.usable())

    def texts(self) -> list[str]:
        pictures = self.pictures.all() if self.pk else []
        captions = [escape(picture.searchable_text) for picture in pictures if picture.photo.is_usable]
        return [*super().texts(), *captions]

    def structured_data(self) -> dict[str, Any]:
        images = [json_ld.image_data(picture.photo) for picture in self.usable_pictures]
        return json_ld.article_data(self, "ImageGallery") | json_ld.without_empty(associatedMedia=images)

    def missing_rows(self) -> list[PublishBlocker]:
        missing = super().missing_rows()
        if not self.pictures.exists():
            missing.append(PublishBlocker("pictures", "An album needs a picture: upload some."))
        return missing

    def choose_cover(self) -> None:
        """Make the first usable picture the cover and save it, unless the album has a lead photo."""
        picture = self.pictures.usable().first()
        if self.lead_photo_id is None and picture:
            self.lead_photo = picture.photo
            self.save(update_fields=["lead_photo"])

    def add_films_and_people(self) -> None:
        """Add the films and people of the pictures to those of the album, so that their pages list it."""
        pictures = self.pictures.all()
        self.films.add(*Film.objects.filter(album_pictures__in=pictures))
        self.people.add(*Person.objects.filter(album_pictures__in=pictures))


class PictureQuerySet(models.QuerySet["Picture"]):
    def in_order(self) -> Self:
        return self.order_by("order", "pk")

    def usable(self) -> Self:
        """Those whose rights are valid now, in the order of the album, with their photos; one query."""
        return self.filter(photo__in=Photo.objects.usable()).in_order().select_related("photo")

    def reachable(self) -> Self:
        """Pictures of albums that readers may see, the unlisted ones included."""
        return self.filter(album__in=Album.objects.reachable().values("pk"))

    def published(self) -> Self:
        """Usable pictures of published albums; one query."""
        albums = Album.objects.published().values("pk")
        pictures = self.filter(photo__in=Photo.objects.usable(), album__in=albums)
        return pictures.order_by("-album__published_at", "order", "pk").select_related("photo", "album")


class Picture(models.Model):
    """One photo in one album, with a page of its own."""

    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="pictures")
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="album_pictures")
    order = models.PositiveIntegerField(default=0, help_text="Lowest first.")
    film = models.ForeignKey(
        Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="album_pictures"
    )
    people = models.ManyToManyField(Person, blank=True, related_name="album_pictures")

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["album", "photo"],
                name="picture_once_in_an_album",
                violation_error_message="This picture is in the album already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.album}: {self.photo}"

    def get_absolute_url(self) -> str:
        return reverse("gallery:picture", args=[self.album.slug, self.pk])

    @property
    def title(self) -> str:
        """The title of the picture's page: its caption, else its alternative text."""
        return self.photo.caption or self.photo.alt

    @property
    def searchable_text(self) -> str:
        """The words by which a search finds it."""
        return " ".join(filter(None, [self.photo.caption, self.photo.alt, self.photo.credit]))


class AlbumPosition:
    """The position of one picture among the usable ones of its album, with its neighbours."""

    def __init__(self, pictures: list[Picture], index: int) -> None:
        self.pictures, self.index = pictures, index

    @classmethod
    def find(cls, pictures: list[Picture], pk: int) -> Self | None:
        """The position of the picture with this primary key; None if it is not among `pictures`."""
        return next((cls(pictures, index) for index, each in enumerate(pictures) if each.pk == pk), None)

    @property
    def picture(self) -> Picture:
        return self.pictures[self.index]

    @property
    def previous(self) -> Picture | None:
        return self.pictures[self.index - 1] if self.index else None

    @property
    def next(self) -> Picture | None:
        return self.pictures[self.index + 1] if self.index + 1 < self.total else None

    @property
    def number(self) -> int:
        """The number of the picture in its album, counted from 1."""
        return self.index + 1

    @property
    def total(self) -> int:
        return len(self.pictures)
