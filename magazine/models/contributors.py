"""The people who make the magazine, and what each did on a piece."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils import timezone

from films.slug_urls import slug_url
from photos.fields import PhotoField, UsablePhoto
from redirects.fields import RedirectingSlugField


class ContributorQuerySet(models.QuerySet["Contributor"]):
    """Contributors who are with the magazine, and those who left."""

    def current(self) -> Self:
        """Those who work for the magazine today."""
        return self.filter(models.Q(left_on__isnull=True) | models.Q(left_on__gt=timezone.localdate()))

    def of_user(self, user: "AbstractUser | AnonymousUser") -> Self:
        """The one whose log-in `user` is, if there is one."""
        return self.filter(user__isnull=False, user=user.pk)

    def former(self) -> Self:
        """Those who have left, the latest first."""
        return self.filter(left_on__lte=timezone.localdate()).order_by("-left_on", "name")


class Contributor(models.Model):
    """Somebody who writes, photographs or edits for the magazine. Past ones keep their page."""

    name = models.CharField(max_length=120, unique=True)
    slug = RedirectingSlugField(unique=True)
    title = models.CharField(max_length=120, blank=True, help_text="As in Critic, or Editor.")
    bio = models.TextField(blank=True, help_text="A few sentences for the author box.")
    disclosure = models.CharField(
        max_length=300, blank=True, help_text="Lasting ties that a reader should know of."
    )
    portrait = PhotoField()
    usable_portrait = UsablePhoto("portrait")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributor",
        help_text="The log-in of this person, if there is one.",
    )
    left_on = models.DateField(null=True, blank=True, help_text="Past staff keep page and bylines.")

    objects = ContributorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return slug_url("contributors:detail", self.slug)


class Byline(models.Model):
    """What one contributor did on one piece."""

    class Role(models.IntegerChoices):
        WORDS = 1, "Words by"
        INTERVIEW = 2, "Interview by"
        PHOTOS = 3, "Photos by"
        EDITED = 4, "Edited by"

    article = models.ForeignKey("magazine.Article", on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="bylines")
    role = models.PositiveSmallIntegerField(choices=Role, default=Role.WORDS)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["role", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="byline_once",
                violation_error_message="This byline is there already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.contributor}"

    @classmethod
    def as_prefetch(cls, *joins: str) -> "models.Prefetch[str]":
        """A prefetch of bylines with their contributors, in one query; `joins` are further relations."""
        return models.Prefetch("bylines", cls.objects.select_related("contributor", *joins))
