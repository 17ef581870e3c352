"""Writes clues to a film from our own records, from hard to easy. No clue contains a word of the title."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from films.countries import in_a_sentence
from films.models import Credit, Film
from films.titles import folded
from trivia.models import CLUES

CAST_SHOWN, MIN_TITLE_WORD = 3, 4  # letters; shorter words of a title, such as "the", may be in a clue
NUMBER_WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()


class ClueCandidate(NamedTuple):
    """A possible clue. The six with the highest `priority` are used, and shown in the order of `ease`."""

    ease: int
    priority: int
    text: str


def clues_for(film: Film) -> list[str] | None:
    """Six clues to `film`, the hardest first; None if our records give fewer than six."""
    credits: defaultdict[int, list[Credit]] = defaultdict(list)
    for credit in film.credits.in_billing_order().select_related("person"):
        credits[credit.role].append(credit)
    cast = credits.pop(Credit.Role.CAST, [])
    crew = {role: [credit.person.name for credit in named] for role, named in credits.items()}
    candidates = [*_from_record(film), *_from_crew(crew), *_from_cast(cast), *_from_facts(film)]
    usable = [candidate for candidate in candidates if not has_title_word(candidate.text, film)]
    best = sorted(usable, key=lambda candidate: -candidate.priority)[:CLUES]
    return [candidate.text for candidate in sorted(best)] if len(best) == CLUES else None


def _from_record(film: Film) -> Iterator[ClueCandidate]:
    genres = [genre.name.lower() for genre in film.genres.all()]
    if film.runtime:
        shape = f", and its picture is {film.aspect_ratio}" if film.aspect_ratio else ""
        yield ClueCandidate(1, 5, f"It runs {film.runtime} minutes{shape}.")
    if genres and film.countries:
        countries = [in_a_sentence(country) for country in film.countries.split(", ")]
        yield ClueCandidate(2, 10, f"Filed under {_in_a_list(genres)}; made in {_in_a_list(countries)}.")
    if film.year:
        yield ClueCandidate(5, 9, f"It came out in {film.year}.")
    words = folded(film.title).split()
    count = NUMBER_WORDS[len(words)] if len(words) < len(NUMBER_WORDS) else len(words)
    yield ClueCandidate(
        10, 2, f"Its title has {count} word{'' if len(words) == 1 else 's'} and begins with {film.title[0]}."
    )


def _from_crew(crew: Mapping[int, list[str]]) -> Iterator[ClueCandidate]:
    photographed, scored = crew.get(Credit.Role.PHOTOGRAPHY), crew.get(Credit.Role.MUSIC)
    if photographed:
        music = f", with music by {_in_a_list(scored)}" if scored else ""
        yield ClueCandidate(3, 6, f"Photographed by {_in_a_list(photographed)}{music}.")
    directors = crew.get(Credit.Role.DIRECTOR)
    if directors:
        yield ClueCandidate(8, 8, f"Directed by {_in_a_list(directors)}.")


def _from_cast(cast: list[Credit]) -> Iterator[ClueCandidate]:
    characters = [credit.character for credit in cast if credit.character][:CAST_SHOWN]
    if characters:
        yield ClueCandidate(6, 7, f"Somebody in it is called {_in_a_list(characters, 'or')}.")
    if len(cast) > 1:
        yield ClueCandidate(
            7, 3, f"With {_in_a_list([credit.person.name for credit in cast[1 : CAST_SHOWN + 1]])}."
        )
    if cast:
        yield ClueCandidate(9, 4, f"{cast[0].person.name} leads the cast.")


def _from_facts(film: Film) -> Iterator[ClueCandidate]:
    for fact in film.facts.published().without_spoilers().order_by("pk"):
        if not has_title_word(fact.text, film):
            yield ClueCandidate(4, 8, fact.text)
            return


def has_title_word(text: str, film: Film) -> bool:
    """Whether `text` contains a word of a title of `film` with four letters or more, or its whole title."""
    words = folded(text).split()
    both_titles = folded(f"{film.title} {film.original_title}")
    title_words = {word for word in both_titles.split() if len(word) >= MIN_TITLE_WORD}
    full_title = folded(film.title)
    return bool(title_words & set(words)) or (
        len(full_title) > 1 and f" {full_title} " in f" {' '.join(words)} "
    )


def _in_a_list(names: Iterable[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"
