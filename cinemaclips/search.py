"""The search page: finds films, people, pieces, and the records that sections declare."""

from collections import Counter
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, QueryDict

from cinemaclips.aggregation import in_heading_order, section_heading
from films.models import Credit, Film, Person
from films.titles import folded
from magazine.facets import apply_facets, build_facets, star_choices
from magazine.models import Article, ArticleQuerySet, Word
from magazine.search.excerpts import excerpt
from magazine.sections import sections
from magazine.shortcuts import paginate

MAX_FILMS, MAX_PEOPLE, MAX_OTHERS = 6, 4, 5
FEW_PIECES = 3  # if fewer are found, another spelling is suggested
MAX_PERSON_CHOICES, MAX_FILMS_FOR_DIRECTORS = 12, 1_000

FILTERS = {
    "section": lambda pieces, section: pieces.filter(section=section),
    "year": lambda pieces, year: pieces.with_film_year(year),
    "person": lambda pieces, slug: pieces.with_person_slug(slug),
    "rating": lambda pieces, halves: pieces.rated(halves),
}


def search_everything(text: str, request: HttpRequest) -> dict[str, Any]:
    """
    The context of the search page: records, pieces with excerpts and facets, another spelling.

    Pieces are found by their words, and also by the films that match `text`, so that a misspelt title
    still leads to the review. For an empty `text` everything is empty.
    """
    words = folded(text).split()
    if not words:
        empty_context = dict.fromkeys(["films", "people", "results", "facets", "others", "offers"], ())
        return empty_context | {"page": None, "spelling": ""}
    return _search_context(text, words, request)


def _search_context(text: str, words: list[str], request: HttpRequest) -> dict[str, Any]:
    films = Film.objects.for_cards().matching(text, limit=MAX_FILMS)
    found = Article.objects.published().matching_search(words, films)
    chosen = search_facets(found, request.GET)
    page = paginate(
        apply_facets(found, chosen, FILTERS).title_matches_first(words).for_search_results(), request
    )
    is_short = len(page) < FEW_PIECES and page.number == 1
    return {
        "films": films,
        "people": Person.objects.matching(text, limit=MAX_PEOPLE),
        "page": page,
        "results": [(piece, excerpt(piece.plain_text, words)) for piece in page],
        "facets": chosen,
        "others": find_others(words),
        "offers": [] if page.items else _offers(text),
        "spelling": suggest_spelling(words) if is_short else "",
    }


def search_facets(found: ArticleQuerySet, params: QueryDict) -> Any:
    """The facets over the pieces found; three queries."""
    groups = found.counts_by("section", "half_stars", "film__year", "film")
    sections, ratings, years = ({group[column] for group in groups} for column in range(3))
    films: Counter[int] = Counter()
    for _, _, _, film, pieces in groups:
        films[film] += pieces
    kinds = [
        (
            "section",
            "Section",
            [(section_heading(section), section) for section in in_heading_order(sections)],
        ),
        ("year", "Year of the film", [(year, year) for year in sorted(years - {None}, reverse=True)]),
        ("person", "Person", person_choices(found, films)),
        ("rating", "Rating", [(label, halves) for label, halves in star_choices() if halves in ratings]),
    ]
    return build_facets(kinds, params, keep=["q"])


def person_choices(found: ArticleQuerySet, films: Counter[int]) -> list[tuple[str, str]]:
    """
    (name, slug) of the people whom most pieces are about or whose films, as director, most pieces are about.

    `films` counts the pieces on each film. If there are very many films, only those with the most pieces
    are queried.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for name, slug, film in Credit.objects.directors_of(
        [film for film, _ in films.most_common(MAX_FILMS_FOR_DIRECTORS)]
    ):
        counts[name, slug] += films[film]
    for name, slug, pieces in found.filter(people__isnull=False).counts_by("people__name", "people__slug"):
        counts[name, slug] += pieces
    return sorted(counts, key=lambda person: (-counts[person], person))[:MAX_PERSON_CHOICES]


def _offers(text: str) -> list[tuple[str, str]]:
    """(sentence, URL) of what sections offer where nothing was found."""
    return [offer for section in sections() if (offer := section.search_offer(text))]


def find_others(words: list[str]) -> list[Any]:
    """The records with all of these words that sections find, such as facts and links."""
    in_order = sorted(sections(), key=attrgetter("search_position"))
    return [record for section in in_order for record in section.find_records(words, MAX_OTHERS)]


def suggest_spelling(words: list[str]) -> str:
    """The query with its words corrected, if a piece is found by that; else ""."""
    corrected = [Word.objects.closest_to(word) or word for word in words]
    if corrected == words or not Article.objects.published().matching_search(corrected, []).exists():
        return ""
    return " ".join(corrected)


def suggestions(text: str, limit: int = 8) -> list[str]:
    """Titles and names that match `text`, best first; three queries."""
    words = folded(text).split()
    if not words:
        return []
    films = [film.title for film in Film.objects.matching(text, limit=limit)]
    people = [person.name for person in Person.objects.matching(text, limit=3)]
    titled = (
        Article.objects.published().with_title_words(words).newest_first().values_list("title", flat=True)[:3]
    )
    return list(dict.fromkeys([*films[:5], *people, *titled]))[:limit]
