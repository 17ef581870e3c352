"""Creates the films, people and staff of the demo magazine."""

from collections.abc import Iterator

from django.utils.text import slugify

from cinemaclips.demo.pictures import portrait
from cinemaclips.demo.rows import RowRecorder, free_slug
from cinemaclips.demo.text_files import read_rows, split_names
from films.models import Credit, Film, Genre, Person
from magazine.models import Contributor


def create_films(rows: RowRecorder) -> Iterator[Film]:
    """Create the films of films.txt; those that the magazine already has are used as they are."""
    people: dict[str, Person] = {}
    synopses = dict(read_rows("synopses.txt"))
    for cells in read_rows("films.txt"):
        title, original, year, minutes, ratio, countries, genres, certificates, *credit_cells = cells
        film = Film.objects.filter(title=title, year=int(year)).first()
        if film is None:
            film = rows.create(
                Film,
                title=title,
                original_title=original,
                year=int(year),
                runtime=int(minutes),
                aspect_ratio=ratio,
                countries=countries,
                synopsis=synopses[f"{title} {year}"],
                certificates=certificates,
                slug=free_slug(Film, f"{title} {year}"),
            )
            film.genres.set(_get_or_create_genre(rows, name.strip()) for name in genres.split(","))
            _create_credits(rows, film, credit_cells, people)
        yield film


def _get_or_create_genre(rows: RowRecorder, name: str) -> Genre:
    genre = Genre.objects.filter(slug=slugify(name)).first()
    return genre or rows.create(Genre, name=name, slug=slugify(name))


def _create_credits(
    rows: RowRecorder, film: Film, credit_cells: list[str], people: dict[str, Person]
) -> None:
    roles = [
        Credit.Role.DIRECTOR,
        Credit.Role.WRITER,
        Credit.Role.CAST,
        Credit.Role.PHOTOGRAPHY,
        Credit.Role.MUSIC,
    ]
    for role, cell in zip(roles, credit_cells, strict=True):
        for order, entry in enumerate(split_names(cell)):
            name, _, character = entry.partition("=")
            person = people.get(name) or get_or_create_person(rows, name)
            people[name] = person
            Credit.objects.create(film=film, person=person, role=role, character=character, order=order)


def get_or_create_person(rows: RowRecorder, name: str, bio: str = "") -> Person:
    person = Person.objects.filter(name=name).first()
    return person or rows.create(Person, name=name, slug=free_slug(Person, name), bio=bio)


def _get_or_create_contributor(rows: RowRecorder, name: str) -> Contributor:
    contributor = Contributor.objects.filter(name=name).first()
    return contributor or rows.create(Contributor, name=name, slug=free_slug(Contributor, name))


def create_contributors(rows: RowRecorder) -> dict[str, Contributor]:
    """Create the invented staff of contributors.txt, each with a drawn portrait. Returns them by name."""
    people = {}
    for number, (name, title, bio, disclosure) in enumerate(read_rows("contributors.txt")):
        contributor = _get_or_create_contributor(rows, name)
        contributor.title, contributor.bio, contributor.disclosure = title, bio, disclosure
        contributor.portrait = rows.create_photo(portrait(number), alt=f"{name}, drawn in flat colours.")
        contributor.save()
        people[name] = contributor
    return people
