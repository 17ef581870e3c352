"""Albums, and the pictures in them in the order an editor laid them."""

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

    objects = ArticleQuerySet.as_manager()

    @cached_property
    def usable_pictures(self):
        """The pictures that may be shown, in order; one query."""
        return list(self.pictures.usable())

    def texts(self):
        pictures = self.pictures.all() if self.pk else []
        captions = [escape(picture.searchable_text) for picture in pictures if picture.photo.is_usable]
        return [*super().texts(), *captions]

    def structured_data(self):
        images = [json_ld.image_data(picture.photo) for picture in self.usable_pictures]
        return json_ld.article_data(self, "ImageGallery") | json_ld.without_empty(associatedMedia=images)

    def missing_rows(self):
        missing = super().missing_rows()
        if not self.pictures.exists():
            missing.append(PublishBlocker("pictures", "An album needs a picture: upload some."))
        return missing

    def choose_cover(self):
        """Make the first picture the cover, unless there is one (saved)."""
        first = self.pictures.usable().first()
        if self.lead_photo_id is None and first:
            self.lead_photo = first.photo
            self.save(update_fields=["lead_photo"])

    def add_films_and_people(self):
        """Enter the films and people of the pictures as those of the album, so that their pages show it."""
        pictures = self.pictures.all()
        self.films.add(*Film.objects.filter(album_pictures__in=pictures))
        self.people.add(*Person.objects.filter(album_pictures__in=pictures))


class PictureQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("order", "pk")

    def usable(self):
        """Those whose rights run, in the album's order, with what a thumbnail prints; one query."""
        return self.filter(photo__in=Photo.objects.usable()).in_order().select_related("photo")

    def published(self):
        """Those in published albums; one query."""
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

    def __str__(self):
        return f"{self.album}: {self.photo}"

    def get_absolute_url(self):
        return reverse("gallery:picture", args=[self.album.slug, self.pk])

    @property
    def title(self):
        """What the picture's page is called: the beginning of its caption, else what it shows."""
        return self.photo.caption or self.photo.alt

    @property
    def searchable_text(self):
        """What a search may find it by."""
        return " ".join(filter(None, [self.photo.caption, self.photo.alt, self.photo.credit]))


class AlbumPosition:
    """One picture among the usable ones of its album: what comes before and after, and its number."""

    def __init__(self, pictures, pk):
        self.pictures = pictures
        self.index = next((index for index, picture in enumerate(pictures) if picture.pk == pk), None)

    @cached_property
    def picture(self):
        return None if self.index is None else self.pictures[self.index]

    @property
    def previous(self):
        return self.pictures[self.index - 1] if self.index else None

    @property
    def next(self):
        return self.pictures[self.index + 1] if self.index + 1 < len(self.pictures) else None

    @property
    def number(self):
        return self.index + 1

    @property
    def total(self):
        return len(self.pictures)
