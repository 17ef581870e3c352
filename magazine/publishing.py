"""
Publishing.

Whether a piece is out is a question to the clock, asked anew by every query: `published_at` empty
is a draft, in the future is scheduled, in the past is live. No job publishes anything.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import connection, models
from django.utils import timezone

from films.models import Credit, Film, Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from taggit.models import Tag

    from magazine.models import Article, Contributor

# `PieceQuerySet.published` for the one question that is asked in SQL; `now` is given at the call.
PUBLISHED_SQL = "published_at <= %(now)s AND NOT piece.unlisted"
NEWEST_IN_SECTION = f"""
SELECT id FROM (
    SELECT piece.id FROM magazine_article piece
    WHERE piece.section = %(section{{index}})s AND piece.{PUBLISHED_SQL}
    ORDER BY piece.published_at DESC, piece.id DESC LIMIT %(limit{{index}})s
) AS newest{{index}}
"""  # noqa: S608 - put together from this module's own words


class PublishBlocker(NamedTuple):
    """Why a piece cannot be published: a sentence for the editor, and the form field to go to."""

    field: str
    sentence: str


class PieceQuerySet[P: "Article"](models.QuerySet[P]):
    """How readers' pages ask for pieces."""

    def published(self) -> Self:
        """Pieces that any list, feed or search may show right now."""
        return self.reachable().filter(unlisted=False)

    def reachable(self) -> Self:
        """Pieces any reader may see who has the address: published ones and unlisted ones."""
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Staff also see drafts and pieces scheduled for later."""
        return self.all() if user.is_staff else self.reachable()

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def matching_first(self, condition: models.Q) -> Self:
        """Those of which `condition`, a Q, is true before the rest; the newest first among both."""
        return self.order_by(models.Case(models.When(condition, then=0), default=1), "-published_at", "-pk")

    def newest_per_section(self, limits: Mapping[str, int]) -> Self:
        """
        The newest published pieces of several sections, newest first; `limits` says how many of each.

        Every share is a question of its own to the index, so that a busy section crowds out no other.
        Asked as text: the ORM took 4 ms of the front page to put six such questions into words.
        """
        parts = [NEWEST_IN_SECTION.format(index=index) for index in range(len(limits))]
        parameters: dict[str, Any] = {"now": timezone.now()}
        for index, (section, limit) in enumerate(limits.items()):
            parameters |= {f"section{index}": section, f"limit{index}": limit}
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            newest = [pk for (pk,) in cursor.fetchall()]
        return self.filter(pk__in=newest).newest_first()

    def about_film(self, film: Film) -> Self:
        """Pieces on a film, or in which it has a part."""
        return self.filter(models.Q(film=film) | models.Q(pk__in=film.mentioned_in.values("pk")))

    def with_person(self, person: Person) -> Self:
        """Pieces with a person in them, and pieces on a film that the person made."""
        made = models.Q(film__in=person.credits.values("film"))
        return self.filter(made | models.Q(pk__in=person.mentioned_in.values("pk")))

    def by_contributor(self, contributor: "Contributor") -> Self:
        return self.filter(pk__in=contributor.bylines.values("article"))

    def with_person_slug(self, slug: str) -> Self:
        """Pieces with this person in them, and pieces on films this person directed."""
        directed = models.Q(film__credits__person__slug=slug, film__credits__role=Credit.Role.DIRECTOR)
        return self.filter(directed | models.Q(people__slug=slug)).distinct()

    def rated(self, half_stars: int) -> Self:
        return self.filter(half_stars=half_stars)

    def with_film_year(self, year: int) -> Self:
        return self.filter(film__year=year)

    def tagged(self, tag: "Tag") -> Self:
        return self.filter(tagged__tag=tag)

    def tag_counts(self) -> list[tuple[str, str, int]]:
        """(name, slug, number of pieces) of every tag on these pieces, by name; one query."""
        tags = self.filter(tagged__isnull=False).order_by("tagged__tag__name")
        named = tags.values_list("tagged__tag__name", "tagged__tag__slug")
        return list(named.annotate(pieces=models.Count("pk")))

    def counts_by(self, *names: str) -> list[tuple[Any, ...]]:
        """(values of these fields …, number of pieces) for each of their combinations; one query."""
        return list(self.order_by().values_list(*names).annotate(pieces=models.Count("pk")))

    def rating_counts(self) -> list[tuple[int, int]]:
        """(half stars, number of pieces) for each rating given, lowest first; one query."""
        rated = self.filter(half_stars__isnull=False).order_by("half_stars").values_list("half_stars")
        return list(rated.annotate(pieces=models.Count("pk")))

    def matching_search(self, words: Iterable[str], films: Iterable[Film]) -> Self:
        """Pieces whose text has every one of these folded words, and pieces about these films."""
        return self.filter(models.Q(search_text__has_words=words) | models.Q(film__in=films))

    def with_title_words(self, words: Iterable[str]) -> Self:
        """Pieces with every one of these folded words in the title."""
        return self.filter(search_title__has_words=words)

    def title_matches_first(self, words: Iterable[str]) -> Self:
        """Those with all the words in the title before the others, the newest first."""
        in_title = models.Case(models.When(search_title__has_words=words, then=1), default=0)
        return self.order_by(in_title.desc(), "-published_at", "-pk")
