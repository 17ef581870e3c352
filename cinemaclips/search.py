"""One question to everything: films, people, pieces, contributors, static pages, facts, links."""

from collections import Counter

from django.db.models import Q

from cinemaclips.joins import heading, in_order
from films.models import Credit, Film, Person
from films.titles import folded
from links.models import Link
from magazine.facets import apply_facets, build_facets, star_choices
from magazine.models import Article, Contributor, StaticPage, Word
from magazine.shortcuts import paginate
from magazine.search.excerpts import excerpt
from trivia.models import Fact

FILMS, PEOPLE, OTHERS = 6, 4, 5
FEW = 3  # fewer pieces than this, and another spelling is looked for
PERSONS, FILMS_ASKED = 12, 1_000

NARROWING = {
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
        nothing = dict.fromkeys(["films", "people", "results", "facets", "others"], ())
        return nothing | {"page": None, "spelling": ""}
    films = Film.objects.for_cards().matching(text, limit=FILMS)
    found = Article.objects.published().matching_search(words, films)
    chosen = search_facets(found, request.GET)
    page = paginate(apply_facets(found, chosen, NARROWING).title_matches_first(words).for_search_results(), request)
    few = len(page) < FEW and page.number == 1
    return {
        "films": films,
        "people": Person.objects.matching(text, limit=PEOPLE),
        "page": page,
        "results": [(piece, excerpt(piece.plain_text, words)) for piece in page],
        "facets": chosen,
        "others": others(words),
        "spelling": other_spelling(words) if few else "",
    }


def search_facets(found, wanted):
    """The filters over what was found; three queries, and what was found is gone through once."""
    heaps = found.counts_by("section", "half_stars", "film__year", "film")
    sections, ratings, years = ({heap[place] for heap in heaps} for place in range(3))
    films = Counter()
    for _, _, _, film, pieces in heaps:
        films[film] += pieces
    kinds = [
        ("section", "Section", [(heading(each), each) for each in in_order(sections)]),
        ("year", "Year of the film", [(year, year) for year in sorted(years - {None}, reverse=True)]),
        ("person", "Person", persons(found, films)),
        ("rating", "Rating", [(label, halves) for label, halves in star_choices() if halves in ratings]),
    ]
    return build_facets(kinds, wanted, keep=["q"])


def persons(found, films):
    """
    (name, slug) of people in the pieces and directors of their films, the most frequent ones.

    `films` counts the pieces on each film; of very many, those with the most pieces speak.
    """
    times = Counter()
    for name, slug, film in Credit.objects.directors_of([film for film, _ in films.most_common(FILMS_ASKED)]):
        times[name, slug] += films[film]
    for name, slug, pieces in found.filter(people__isnull=False).counts_by("people__name", "people__slug"):
        times[name, slug] += pieces
    return sorted(times, key=lambda person: (-times[person], person))[:PERSONS]


def others(words):
    """Contributors, static pages, facts and links with all of these words; four queries."""
    said = Q()
    for word in words:
        said &= Q(search_text__contains=f" {word}")
    names = [each for each in Contributor.objects.only("name", "slug") if _names(each.name, words)]
    pages = StaticPage.objects.filter(said).exclude(heading=StaticPage.Heading.HIDDEN)
    links = Link.objects.listed().filter(said)
    facts = Fact.objects.published().unspoilt().newest_first().with_subjects().filter(said)
    return [*facts[:OTHERS], *names[:OTHERS], *pages.only("title", "slug")[:OTHERS], *links[:OTHERS]]


def _names(name, words):
    parts = folded(name).split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def other_spelling(words):
    """The question as it may have been meant, if that finds a piece; else ""."""
    meant = [Word.objects.closest_to(word) or word for word in words]
    if meant == words or not Article.objects.published().matching_search(meant, []).exists():
        return ""
    return " ".join(meant)


def suggestions(text, limit=8):
    """Titles and names that begin to answer `text`, best first; three queries."""
    words = folded(text).split()
    if not words:
        return []
    films = [film.title for film in Film.objects.matching(text, limit=limit)]
    people = [person.name for person in Person.objects.matching(text, limit=3)]
    titled = Article.objects.published().with_title_words(words).newest_first().values_list("title", flat=True)[:3]
    return list(dict.fromkeys([*films[:5], *people, *titled]))[:limit]
