"""What a feed can be about: the whole site, a section, a tag, a contributor, a film."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from taggit.models import Tag

from films.models import Film
from magazine.models import Article, Contributor

WHOLE_SITE = ("", "")
SITE_DESCRIPTION = "Movie reviews with the trivia that goes with them, and the people who make films."


class Subject(NamedTuple):
    """One subject: its words, the URL of its page, and its published pieces."""

    title: str
    description: str
    page_url: str
    pieces: QuerySet
    feed_url: str = ""


def get_subject_or_404(kind, slug):
    """The subject of this kind and name."""
    if kind not in SUBJECTS_BY_KIND:
        raise Http404
    return SUBJECTS_BY_KIND[kind](slug, Article.objects.published())


def nav_sections():
    """(section, title) of every section that publishes pieces, in the order of the nav."""
    sections = Article.child_accessors()
    titles = [(view.partition(":")[0], title) for title, view in settings.NAV]
    return [(section, title) for section, title in titles if section in sections]


def _site_subject(slug, pieces):
    return Subject("cinemaCLIPS", SITE_DESCRIPTION, reverse("home"), pieces)


def _section_subject(slug, pieces):
    title = dict(nav_sections()).get(slug)
    if title is None:
        raise Http404
    page_url = reverse(next(view for name, view in settings.NAV if name == title))
    return Subject(f"cinemaCLIPS: {title}", f"{title} in cinemaCLIPS.", page_url, pieces.filter(section=slug))


def _tag_subject(slug, pieces):
    tag = get_object_or_404(Tag, slug=slug)
    tagged = pieces.tagged(tag)
    if not tagged.exists():
        raise Http404
    return Subject(
        f"cinemaCLIPS: {tag.name}", f"Everything tagged {tag.name}.", reverse("tag", args=[slug]), tagged
    )


def _contributor_subject(slug, pieces):
    contributor = get_object_or_404(Contributor, slug=slug)
    return Subject(
        f"cinemaCLIPS: {contributor}",
        f"Everything by {contributor}.",
        contributor.get_absolute_url(),
        pieces.by_contributor(contributor),
    )


def _film_subject(slug, pieces):
    film = get_object_or_404(Film, slug=slug)
    return Subject(
        f"cinemaCLIPS: {film}", f"Everything on {film}.", film.get_absolute_url(), pieces.about_film(film)
    )


SUBJECTS_BY_KIND = {
    "": _site_subject,
    "sections": _section_subject,
    "tags": _tag_subject,
    "contributors": _contributor_subject,
    "films": _film_subject,
}
