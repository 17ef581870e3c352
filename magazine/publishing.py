"""
Publishing: which pieces a reader may see, and how readers' pages select and count them.

A piece without `published_at` is a draft; one with a time in the future is scheduled; one with a time
in the past is live. Every query compares with the current time, so no job has to publish anything.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.contrib.auth import get_permission_codename
from django.db import connection, models
from django.utils import timezone

from films.models import Credit, Film, Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from taggit.models import Tag

    from magazine.models import Article, Contributor

# The condition of `PieceQuerySet.published` for statements written in SQL; they pass `now` as a parameter.
PUBLISHED_SQL = "published_at <= %(now)s AND NOT piece.unlisted"
NEWEST_IN_SECTION = f"""
SELECT id FROM (
    SELECT piece.id FROM magazine_article piece
    WHERE piece.section = %(section{{index}})s AND piece.{PUBLISHED_SQL}
    ORDER BY piece.published_at DESC, piece.id DESC LIMIT %(limit{{index}})s
) AS newest{{index}}
"""  # noqa: S608 - built from this module's constants alone


class PublishBlocker(NamedTuple):
    """A reason why a piece cannot be published: a sentence for the editor and the form field to change."""

    field: str
    sentence: str


class PieceQuerySet[P: "Article"](models.QuerySet[P]):
    """Selections, orders and counts of pieces, for readers' pages and the admin."""

    def published(self) -> Self:
        """Pieces that any list, feed or search may show right now."""
        return self.reachable().filter(unlisted=False)

    def drafts(self) -> Self:
        """Pieces without a date of publication."""
        return self.filter(published_at__isnull=True)

    def reachable(self) -> Self:
        """Pieces that every reader may see who has the URL: published ones and unlisted ones."""
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Staff who may see these pieces at the desk also see drafts and pieces scheduled for later."""
        may_view = get_permission_codename("view", self.model._meta)
        is_allowed = user.is_staff and user.has_perm(f"{self.model._meta.app_label}.{may_view}")
        return self.all() if is_allowed else self.reachable()

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def matching_first(self, condition: models.Q) -> Self:
        """Pieces that meet `condition` come first; within both groups the newest comes first."""
        return self.order_by(models.Case(models.When(condition, then=0), default=1), "-published_at", "-pk")

    def newest_per_section(self, limits: Mapping[str, int]) -> Self:
        """
        The newest published pieces of several sections, newest first.

        `limits` maps each section to its number of pieces. Each section has its own LIMIT, so a section
        with many new pieces does not displace the others. Written in SQL because the ORM needed 4 ms of
        each front page to compile such queries.
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
        """Pieces about a film, and pieces that mention it."""
        return self.filter(models.Q(film=film) | models.Q(pk__in=film.mentioned_in.values("pk")))

    def with_person(self, person: Person) -> Self:
        """Pieces that mention a person, and pieces about a film that the person has a credit on."""
        made = models.Q(film__in=person.credits.values("film"))
        return self.filter(made | models.Q(pk__in=person.mentioned_in.values("pk")))

    def by_contributor(self, contributor: "Contributor") -> Self:
        return self.filter(pk__in=contributor.bylines.values("article"))

    def with_person_slug(self, slug: str) -> Self:
        """Pieces that mention this person, and pieces about films that this person directed."""
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
        """(value of each field …, number of pieces) for each combination of values; one query."""
        return list(self.order_by().values_list(*names).annotate(pieces=models.Count("pk")))

    def rating_counts(self) -> list[tuple[int, int]]:
        """(half stars, number of pieces) for each rating that was given, lowest first; one query."""
        rated = self.filter(half_stars__isnull=False).order_by("half_stars").values_list("half_stars")
        return list(rated.annotate(pieces=models.Count("pk")))

    def matching_search(self, words: Iterable[str], films: Iterable[Film]) -> Self:
        """Pieces whose text contains all of these folded words, and pieces about these films."""
        return self.filter(models.Q(search_text__has_words=words) | models.Q(film__in=films))

    def with_title_words(self, words: Iterable[str]) -> Self:
        """Pieces whose title contains all of these folded words."""
        return self.filter(search_title__has_words=words)

    def title_matches_first(self, words: Iterable[str]) -> Self:
        """Pieces with all the words in the title first; within both groups the newest comes first."""
        in_title = models.Case(models.When(search_title__has_words=words, then=1), default=0)
        return self.order_by(in_title.desc(), "-published_at", "-pk")
