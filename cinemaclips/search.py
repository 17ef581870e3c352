"""One question to films, people and everything published."""

from films.models import Film, Person
from films.titles import folded
from magazine.models import Article
from magazine.pages import page_of


def search_everything(words, request):
    """
    What answers `words`: films and people by the forgiving title match, pieces by their text
    and by those films, so that a slip in a title still leads to its review.

    Five queries; nothing for an empty question.
    """
    if not folded(words):
        return {"films": [], "people": [], "page": None}
    films = Film.objects.for_cards().matching(words, limit=6)
    pieces = Article.objects.published().answering(folded(words).split(), films)
    return {
        "films": films,
        "people": Person.objects.matching(words, limit=4),
        "page": page_of(pieces.newest_first().for_cards(), request),
    }
