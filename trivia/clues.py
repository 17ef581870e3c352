"""Clues to a film from our own records, hard to easy. None names the title or a word of it."""

from collections import defaultdict
from typing import NamedTuple

from films.countries import in_a_sentence
from films.models import Credit
from films.titles import folded
from trivia.models import CLUES

CAST_SHOWN, SHORTEST = 3, 4  # a title's word that is shorter gives nothing away
FIGURES = "no one two three four five six seven eight nine ten eleven twelve".split()


class Made(NamedTuple):
    """A clue that could be given: how easy it makes the game, how much we want it, and its words."""

    ease: int
    worth: int
    text: str


def clues_to(film):
    """Six clues to `film`, the hardest first; None where the records do not know enough."""
    credits = defaultdict(list)
    for credit in film.credits.in_billing_order().select_related("person"):
        credits[credit.role].append(credit)
    cast = credits.pop(Credit.Role.CAST, [])
    crew = {role: [credit.person.name for credit in named] for role, named in credits.items()}
    made = [*_from_record(film), *_from_crew(crew), *_from_cast(cast), *_from_facts(film)]
    kept = [each for each in made if not gives_away(each.text, film)]
    best = sorted(kept, key=lambda each: -each.worth)[:CLUES]
    return [each.text for each in sorted(best)] if len(best) == CLUES else None


def _from_record(film):
    genres = [genre.name.lower() for genre in film.genres.all()]
    if film.runtime:
        shape = f", and its picture is {film.aspect_ratio}" if film.aspect_ratio else ""
        yield Made(1, 5, f"It runs {film.runtime} minutes{shape}.")
    if genres and film.countries:
        countries = [in_a_sentence(country) for country in film.countries.split(", ")]
        yield Made(2, 10, f"Filed under {_listed(genres)}; made in {_listed(countries)}.")
    if film.year:
        yield Made(5, 9, f"It came out in {film.year}.")
    words = folded(film.title).split()
    count = FIGURES[len(words)] if len(words) < len(FIGURES) else len(words)
    yield Made(
        10, 2, f"Its title has {count} word{'' if len(words) == 1 else 's'} and begins with {film.title[0]}."
    )


def _from_crew(crew):
    photographed, scored = crew.get(Credit.Role.PHOTOGRAPHY), crew.get(Credit.Role.MUSIC)
    if photographed:
        music = f", with music by {_listed(scored)}" if scored else ""
        yield Made(3, 6, f"Photographed by {_listed(photographed)}{music}.")
    if crew.get(Credit.Role.DIRECTOR):
        yield Made(8, 8, f"Directed by {_listed(crew[Credit.Role.DIRECTOR])}.")


def _from_cast(cast):
    characters = [credit.character for credit in cast if credit.character][:CAST_SHOWN]
    if characters:
        yield Made(6, 7, f"Somebody in it is called {_listed(characters, 'or')}.")
    if len(cast) > 1:
        yield Made(7, 3, f"With {_listed([credit.person.name for credit in cast[1 : CAST_SHOWN + 1]])}.")
    if cast:
        yield Made(9, 4, f"{cast[0].person.name} leads the cast.")


def _from_facts(film):
    for fact in film.facts.published().unspoilt().order_by("pk"):
        if not gives_away(fact.text, film):
            yield Made(4, 8, fact.text)
            return


def gives_away(text, film):
    """Whether a text has a word of the title in it: one of four letters or more, or a short title whole."""
    said, title = folded(text).split(), folded(f"{film.title} {film.original_title}").split()
    telling = {word for word in title if len(word) >= SHORTEST}
    whole = folded(film.title)
    return bool(telling & set(said)) or (len(whole) > 1 and f" {whole} " in f" {' '.join(said)} ")


def _listed(names, last="and"):
    """ "A", "A and B", "A, B and C"."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"
