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
SITE_LINE = "Movie reviews with the trivia that goes with them, and the people who make films."


class Subject(NamedTuple):
    """One subject: its words, the address of its page, and its published pieces."""

    title: str
    description: str
    address: str
    pieces: QuerySet
    feed: str = ""


def subject_or_404(kind, slug):
    """The subject of this kind and name."""
    if kind not in KINDS:
        raise Http404
    return KINDS[kind](slug, Article.objects.published())


def rooms():
    """(section, title) of every section that publishes pieces, in the order of the nav."""
    sections = Article.child_accessors()
    named = [(view.partition(":")[0], title) for title, view in settings.NAV]
    return [(section, title) for section, title in named if section in sections]


def _site(slug, pieces):
    return Subject("cinemaCLIPS", SITE_LINE, reverse("home"), pieces)


def _section(slug, pieces):
    title = dict(rooms()).get(slug)
    if title is None:
        raise Http404
    address = reverse(next(view for name, view in settings.NAV if name == title))
    return Subject(f"cinemaCLIPS: {title}", f"{title} in cinemaCLIPS.", address, pieces.filter(section=slug))


def _tag(slug, pieces):
    tag = get_object_or_404(Tag, slug=slug)
    tagged = pieces.tagged(tag)
    if not tagged.exists():
        raise Http404
    return Subject(
        f"cinemaCLIPS: {tag.name}", f"Everything tagged {tag.name}.", reverse("tag", args=[slug]), tagged
    )


def _contributor(slug, pieces):
    who = get_object_or_404(Contributor, slug=slug)
    return Subject(
        f"cinemaCLIPS: {who}", f"Everything by {who}.", who.get_absolute_url(), pieces.by_contributor(who)
    )


def _film(slug, pieces):
    film = get_object_or_404(Film, slug=slug)
    return Subject(
        f"cinemaCLIPS: {film}", f"Everything on {film}.", film.get_absolute_url(), pieces.about_film(film)
    )


KINDS = {"": _site, "sections": _section, "tags": _tag, "contributors": _contributor, "films": _film}
