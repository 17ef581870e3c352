"""One question to everything: films, people, pieces, contributors, static pages, facts, links."""

from collections import Counter

from django.db.models import Q

from cinemaclips.aggregation import in_heading_order, section_heading
from films.models import Credit, Film, Person
from films.titles import folded
from links.models import Link
from magazine.facets import apply_facets, build_facets, star_choices
from magazine.models import Article, Contributor, StaticPage, Word
from magazine.search.excerpts import excerpt
from magazine.shortcuts import paginate
from trivia.models import Fact

MAX_FILMS, MAX_PEOPLE, MAX_OTHERS = 6, 4, 5
FEW_PIECES = 3  # fewer pieces than this, and another spelling is looked for
MAX_PERSON_CHOICES, MAX_FILMS_FOR_DIRECTORS = 12, 1_000

FILTERS = {
    "section": lambda pieces, section: pieces.filter(section=section),
    "year": lambda pieces, year: pieces.with_film_year(year),
    "person": lambda pieces, slug: pieces.with_person_slug(slug),
    "rating": lambda pieces, halves: pieces.rated(halves),
}


def search_everything(text, request):
    """
    What answers `text`, for the page: records, pieces with excerpts and filters, other spellings.

    Pieces are found by their words and by their film, so that a slip in a title still leads to its
    review. Nothing for an empty question.
    """
    words = folded(text).split()
    if not words:
        empty_context = dict.fromkeys(["films", "people", "results", "facets", "others"], ())
        return empty_context | {"page": None, "spelling": ""}
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
        "spelling": suggest_spelling(words) if is_short else "",
    }


def search_facets(found, params):
    """The filters over what was found; three queries, and what was found is gone through once."""
    groups = found.counts_by("section", "half_stars", "film__year", "film")
    sections, ratings, years = ({group[column] for group in groups} for column in range(3))
    films = Counter()
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


def person_choices(found, films):
    """
    (name, slug) of people in the pieces and directors of their films, the most frequent ones.

    `films` counts the pieces on each film; of very many, those with the most pieces speak.
    """
    counts = Counter()
    for name, slug, film in Credit.objects.directors_of(
        [film for film, _ in films.most_common(MAX_FILMS_FOR_DIRECTORS)]
    ):
        counts[name, slug] += films[film]
    for name, slug, pieces in found.filter(people__isnull=False).counts_by("people__name", "people__slug"):
        counts[name, slug] += pieces
    return sorted(counts, key=lambda person: (-counts[person], person))[:MAX_PERSON_CHOICES]


def find_others(words):
    """Contributors, static pages, facts and links with all of these words; four queries."""
    has_all_words = Q()
    for word in words:
        has_all_words &= Q(search_text__contains=f" {word}")
    names = [each for each in Contributor.objects.only("name", "slug") if _matches_name(each.name, words)]
    pages = StaticPage.objects.filter(has_all_words).exclude(heading=StaticPage.Heading.HIDDEN)
    links = Link.objects.listed().filter(has_all_words)
    facts = Fact.objects.published().without_spoilers().newest_first().with_subjects().filter(has_all_words)
    return [
        *facts[:MAX_OTHERS],
        *names[:MAX_OTHERS],
        *pages.only("title", "slug")[:MAX_OTHERS],
        *links[:MAX_OTHERS],
    ]


def _matches_name(name, words):
    parts = folded(name).split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def suggest_spelling(words):
    """The question as it may have been meant, if that finds a piece; else ""."""
    corrected = [Word.objects.closest_to(word) or word for word in words]
    if corrected == words or not Article.objects.published().matching_search(corrected, []).exists():
        return ""
    return " ".join(corrected)


def suggestions(text, limit=8):
    """Titles and names that begin to answer `text`, best first; three queries."""
    words = folded(text).split()
    if not words:
        return []
    films = [film.title for film in Film.objects.matching(text, limit=limit)]
    people = [person.name for person in Person.objects.matching(text, limit=3)]
    titled = (
        Article.objects.published().with_title_words(words).newest_first().values_list("title", flat=True)[:3]
    )
    return list(dict.fromkeys([*films[:5], *people, *titled]))[:limit]
