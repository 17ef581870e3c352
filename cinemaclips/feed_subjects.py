"""The subjects that have a feed: the whole site, a section, a tag, a contributor, a film."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from taggit.models import Tag

from films.models import Film
from magazine.models import Article, ArticleQuerySet, Contributor
from magazine.sections import find_section

WHOLE_SITE = ("", "")
SITE_DESCRIPTION = "Movie reviews with the trivia that goes with them, and the people who make films."


class Subject(NamedTuple):
    """One subject: its title and description, the URL of its page, and its published pieces."""

    title: str
    description: str
    page_url: str
    pieces: ArticleQuerySet
    feed_url: str = ""


def get_subject_or_404(kind: str, slug: str) -> Subject:
    """The subject of this kind with this slug. Raises `Http404` if there is none."""
    if kind not in SUBJECTS_BY_KIND:
        raise Http404
    return SUBJECTS_BY_KIND[kind](slug, Article.objects.published())


def _site_subject(slug: str, pieces: ArticleQuerySet) -> Subject:
    return Subject("cinemaCLIPS", SITE_DESCRIPTION, reverse("home"), pieces)


def _section_subject(slug: str, pieces: ArticleQuerySet) -> Subject:
    section = find_section(slug)
    if section is None or section.piece_model is None:
        raise Http404
    return Subject(
        f"cinemaCLIPS: {section.nav_label}",
        section.description or f"{section.nav_label} in cinemaCLIPS.",
        reverse(section.first_page),
        pieces.filter(section=slug),
    )


def _tag_subject(slug: str, pieces: ArticleQuerySet) -> Subject:
    tag = get_object_or_404(Tag, slug=slug)
    tagged = pieces.tagged(tag)
    if not tagged.exists():
        raise Http404
    return Subject(
        f"cinemaCLIPS: {tag.name}", f"Everything tagged {tag.name}.", reverse("tag", args=[slug]), tagged
    )


def _contributor_subject(slug: str, pieces: ArticleQuerySet) -> Subject:
    contributor = get_object_or_404(Contributor, slug=slug)
    return Subject(
        f"cinemaCLIPS: {contributor}",
        f"Everything by {contributor}.",
        contributor.get_absolute_url(),
        pieces.by_contributor(contributor),
    )


def _film_subject(slug: str, pieces: ArticleQuerySet) -> Subject:
    film = get_object_or_404(Film, slug=slug)
    return Subject(
        f"cinemaCLIPS: {film}", f"Everything on {film}.", film.get_absolute_url(), pieces.about_film(film)
    )


SUBJECTS_BY_KIND: dict[str, Callable[[str, ArticleQuerySet], Subject]] = {
    "": _site_subject,
    "sections": _section_subject,
    "tags": _tag_subject,
    "contributors": _contributor_subject,
    "films": _film_subject,
}
