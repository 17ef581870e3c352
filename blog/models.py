"""Posts and their series."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.urls import reverse

from magazine import json_ld
from magazine.models import Article, ArticleQuerySet
from magazine.publishing import PublishBlocker
from redirects.fields import RedirectingSlugField


class Series(models.Model):
    """Posts that belong together, in the order of their publication."""

    name = models.CharField(max_length=120, unique=True)
    slug = RedirectingSlugField(unique=True)
    note = models.CharField(max_length=300, blank=True, help_text="What the series is about.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:series", args=[self.slug])


class PostQuerySet(ArticleQuerySet["Post"]):
    def overheard(self) -> Self:
        return self.filter(kind=Post.Kind.OVERHEARD)

    def in_year(self, year: int) -> Self:
        return self.filter(published_at__year=year)

    def in_month(self, year: int, month: int) -> Self:
        return self.in_year(year).filter(published_at__month=month)

    def in_series(self, series: Series) -> Self:
        """The posts of a series, the oldest first: a series is read from its beginning."""
        return self.filter(series=series).order_by("published_at", "pk")

    def months(self) -> list[tuple[datetime, int]]:
        """(first day of the month, number of posts), newest first; one query."""
        months = self.order_by().annotate(month=TruncMonth("published_at")).values_list("month")
        return list(months.annotate(posts=models.Count("pk")).order_by("-month"))


class Post(Article):
    """
    An entry of the blog, or an overheard quote.

    The dek of an overheard post is the quote, and its body may be empty.
    """

    class Kind(models.TextChoices):
        ENTRY = "entry", "Entry"
        OVERHEARD = "overheard", "Overheard"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ENTRY)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    said_by = models.CharField(
        max_length=120, blank=True, help_text="Overheard: who said it, as far as we may say. A man in row F."
    )

    objects: ClassVar = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "blog"
        verbose_name_plural = "posts"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="entry") | ~Q(said_by=""),
                name="post_overheard_from_somebody",
                violation_error_message="Say who was overheard, as far as we may say.",
            )
        ]

    def structured_data(self) -> dict[str, Any]:
        return json_ld.article_data(self, "BlogPosting")

    def neighbours(self) -> "tuple[Post | None, Post | None]":
        """The posts before and after it in its series; None where there is none."""
        series = self.series
        if series is None:
            return None, None
        posts = list(Post.objects.published().in_series(series).only("section", "slug", "title"))
        index = next((index for index, post in enumerate(posts) if post.pk == self.pk), None)
        if index is None:
            return None, None
        return posts[index - 1] if index else None, posts[index + 1] if index + 1 < len(posts) else None

    @property
    def is_overheard(self) -> bool:
        return self.kind == self.Kind.OVERHEARD

    def missing_fields(self) -> list[PublishBlocker]:
        missing = super().missing_fields()
        if not self.body and not self.is_overheard:
            missing.append(PublishBlocker("body", "There is no text yet."))
        return missing
