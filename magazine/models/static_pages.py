"""Static pages: texts without a date, such as the ethics page."""

from typing import cast

from django.db import models
from django.urls import reverse

from films.titles import folded
from magazine.markup import ProseField
from magazine.rendering import Audience, render
from redirects.fields import RedirectingSlugField


class PageSearchTextField(models.TextField):
    """The folded words by which a search finds the static page."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        page = cast(StaticPage, model_instance)
        words = f"{page.title} {render(page.body, Audience.SEARCH)}"
        page.search_text = f" {folded(words)}"
        return page.search_text


class StaticPage(models.Model):
    """One static page: how we rate, ethics, privacy, terms for the press. Staff edit the text."""

    class Heading(models.TextChoices):
        MAGAZINE = "magazine", "The magazine"
        PROMISES = "promises", "What we promise"
        HIDDEN = "hidden", "Part of another page"

    title = models.CharField(max_length=120)
    slug = RedirectingSlugField(unique=True, help_text="The end of the address, /about/…/.")
    dek = models.CharField(max_length=300, blank=True, help_text="One sentence under the title.")
    body = ProseField()
    heading = models.CharField(
        max_length=10,
        choices=Heading,
        default=Heading.MAGAZINE,
        help_text="Where “About” lists it; a part of another page is not listed.",
    )
    order = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    search_text = PageSearchTextField(blank=True, editable=False)

    class Meta:
        ordering = ["heading", "order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("about:page", args=[self.slug])
