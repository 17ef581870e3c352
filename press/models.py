"""Press contacts, releases, mentions in other publications, and the photos of the press kit."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from magazine import json_ld
from magazine.models import Article, ArticleQuerySet
from magazine.publishing import PublishBlocker
from photos.models import Photo


class PressContact(models.Model):
    """Somebody who answers questions of the press."""

    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True, help_text="As in Publisher.")
    phone = models.CharField(max_length=40)
    email = models.EmailField("e-mail")
    hours = models.CharField(max_length=120, blank=True, help_text="When the telephone is answered.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def dial_number(self) -> str:
        """The telephone number for a `tel:` link: digits, with a plus in front if it has one."""
        digits = "".join(sign for sign in self.phone if sign.isdigit())
        return f"+{digits}" if self.phone.strip().startswith("+") else digits


class PressRelease(Article):
    """An announcement as text, with a date."""

    dateline = models.CharField(max_length=80, blank=True, help_text="The town it is sent from: TEMPE, Ariz.")
    contact = models.ForeignKey(
        PressContact, null=True, blank=True, on_delete=models.PROTECT, related_name="releases"
    )

    objects: ClassVar = ArticleQuerySet.as_manager()

    def missing_fields(self) -> list[PublishBlocker]:
        missing = super().missing_fields()
        if not self.contact_id:
            missing.append(PublishBlocker("contact", "Say whom the press may call about this."))
        if not self.body:
            missing.append(PublishBlocker("body", "The release has no text yet."))
        return missing

    def structured_data(self) -> dict[str, Any]:
        return json_ld.article_data(self, "NewsArticle") | json_ld.without_empty(dateline=self.dateline)

    def missing_rows(self) -> list[PublishBlocker]:
        """None: a release is published in the name of the magazine and needs no byline."""
        return []


class MentionQuerySet(models.QuerySet["Mention"]):
    def newest_first(self) -> Self:
        return self.order_by("-published_on", "-pk")


class Mention(models.Model):
    """What another publication wrote about us. Quote and date stay readable if the link stops working."""

    outlet = models.CharField(max_length=120)
    headline = models.CharField(max_length=200, blank=True)
    quote = models.CharField(max_length=500, blank=True, help_text="Word for word, without quotation marks.")
    author = models.CharField(max_length=120, blank=True)
    published_on = models.DateField("printed on")
    url = models.URLField("address", max_length=500, blank=True)
    archived_url = models.URLField(
        "archived copy", max_length=500, blank=True, help_text="Linked in case the original disappears."
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(headline="", quote=""),
                name="mention_has_headline_or_quote",
                violation_error_message="Give the headline or a quote.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outlet}, {self.published_on}"


class KitPhotoQuerySet(models.QuerySet["KitPhoto"]):
    def usable(self) -> Self:
        """Photos that the press may use now, in order; one query."""
        allowed = Photo.objects.usable().filter(press_use=True)
        return self.filter(photo__in=allowed).order_by("order", "pk").select_related("photo")


class KitPhoto(models.Model):
    """A picture chosen for the press kit. It is in the kit only while the press may use it."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="kit_photo")
    order = models.PositiveSmallIntegerField(default=0)

    objects = KitPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.photo)
