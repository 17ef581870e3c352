"""Import of catalogue records: creates films that are new, updates the ones that exist."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from films.catalogue import Problem, Record
from films.fuzzy_match import unused_slug
from films.models import Credit, Film, FilmAlias, Genre, Person
from films.titles import title_key

BATCH = 500
US_RATINGS = {"G", "PG", "PG-13", "R", "NC-17", "Not Rated", "X", "M", "GP"}

# Names of related rows by film: by its primary key, or by `id()` for a film that is not saved yet.
type NamesByFilm = defaultdict[int, set[str]]


@dataclass
class ImportReport:
    """The numbers of an import, and one entry in `problems` for each rejected row."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class FilmImporter:
    """
    One import: `add` each item, then `write`.

    It loads all existing films at the start. `add` collects changes in memory; only `write` saves them.
    """

    def __init__(self) -> None:
        self.report = ImportReport()
        self.films = list(Film.objects.all())
        self.by_imdb = {film.imdb_id: film for film in self.films if film.imdb_id}
        self.by_title: defaultdict[tuple[str, int | None], list[Film]] = defaultdict(list)
        for film in self.films:
            self.by_title[film.title_key, film.year].append(film)
        self.slugs = {film.slug for film in self.films}
        directors = Credit.objects.filter(role=Credit.Role.DIRECTOR)
        self.directors = _grouped(directors.values_list("film_id", "person__name"))
        self.genres_of = _grouped(Film.genres.through.objects.values_list("film_id", "genre__name"))
        self.aliases_of = _grouped(FilmAlias.objects.values_list("film_id", "title"))
        self.new: list[Film] = []
        self.changed: dict[int, Film] = {}
        self.relations: list[tuple[Film, NamesByFilm, str]] = []

    def add(self, item: Record | Problem) -> None:
        """Count one record or problem, and collect the changes that a record makes."""
        self.report.read += 1
        if isinstance(item, Problem):
            self.report.rejected += 1
            self.report.problems.append(asdict(item))
            return
        film = self.find_existing(item)
        if film is None:
            film = self.create(item)
            self.report.created += 1
        elif self.update(film, item):
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def find_existing(self, record: Record) -> Film | None:
        """The film of a record: the one with its IMDb number, or with its title, year and a director."""
        if record.imdb_id in self.by_imdb:
            return self.by_imdb[record.imdb_id]
        for film in self.by_title[title_key(record.title), record.year]:
            directors = self.directors[film.pk or id(film)]
            has_other_imdb_id = record.imdb_id and film.imdb_id
            if not has_other_imdb_id and not (
                directors and record.directors and directors.isdisjoint(record.directors)
            ):
                return film
        return None

    def create(self, record: Record) -> Film:
        """A new film, not saved yet."""
        film = Film(title=record.title, year=record.year)
        film.slug = unused_slug(f"{record.title} {record.year or ''}", self.slugs)
        self.slugs.add(film.slug)
        self.by_title[title_key(record.title), record.year].append(film)
        self.new.append(film)
        self.fill(film, record)
        return film

    def update(self, film: Film, record: Record) -> bool:
        """Replace the film's values by those of the record. Returns whether anything changed."""
        changed = self.fill(film, record)
        if changed and film.pk:
            self.changed[film.pk] = film
        return changed

    def fill(self, film: Film, record: Record) -> bool:
        """Set the fields and relations of the film that the record has. Returns whether any changed."""
        certificate = record.certificate if record.certificate in US_RATINGS else ""
        wanted = {
            "original_title": record.original_title,
            "runtime": record.runtime,
            "certificates": "" if film.certificates else certificate and f"US {certificate}",
            "imdb_id": record.imdb_id,
        }
        changes = {name: value for name, value in wanted.items() if value and getattr(film, name) != value}
        for name, value in changes.items():
            setattr(film, name, value)
        if record.imdb_id:
            self.by_imdb[record.imdb_id] = film
        related = [self.add_relations(film, names_by_film, names) for names_by_film, names in (
            (self.directors, record.directors),
            (self.genres_of, record.genres),
            (self.aliases_of, record.aliases),
        )]  # fmt: skip
        return bool(changes) or any(related)

    def add_relations(self, film: Film, names_by_film: NamesByFilm, names: Iterable[str]) -> bool:
        """Collect the names that the film does not have yet. Returns whether there are any."""
        known_names = names_by_film[film.pk or id(film)]
        missing = [name for name in names if name not in known_names]
        known_names.update(missing)
        self.relations += [(film, names_by_film, name) for name in missing]
        return bool(missing)

    def write(self) -> None:
        """Save all collected changes in one transaction."""
        with transaction.atomic():
            Film.objects.bulk_create(self.new, batch_size=BATCH)
            columns = ["original_title", "original_key", "runtime", "certificates", "imdb_id"]
            Film.objects.bulk_update(self.changed.values(), columns, batch_size=BATCH)
            self._write_genres()
            self._write_directors()
            FilmAlias.objects.bulk_create(
                [FilmAlias(film=film, title=name) for film, name in self._new_relations(self.aliases_of)],
                batch_size=BATCH,
            )

    def _new_relations(self, names_by_film: NamesByFilm) -> list[tuple[Film, str]]:
        return [(film, name) for film, relation, name in self.relations if relation is names_by_film]

    def _write_genres(self) -> None:
        wanted = self._new_relations(self.genres_of)
        known = {genre.slug: genre for genre in Genre.objects.all()}
        names = {slugify(name): name for _, name in wanted}
        created = [Genre(name=name, slug=slug) for slug, name in names.items() if slug not in known]
        known |= {genre.slug: genre for genre in Genre.objects.bulk_create(created)}
        through = Film.genres.through
        rows = {(film.pk, known[slugify(name)].pk) for film, name in wanted}
        through.objects.bulk_create(
            [through(film_id=film, genre_id=genre) for film, genre in sorted(rows)],
            batch_size=BATCH,
            ignore_conflicts=True,
        )

    def _write_directors(self) -> None:
        wanted = self._new_relations(self.directors)
        known = {person.name: person for person in Person.objects.all()}
        slugs = {person.slug for person in known.values()}
        created = []
        for _, name in wanted:
            if name not in known:
                known[name] = Person(name=name, slug=unused_slug(name, slugs))
                slugs.add(known[name].slug)
                created.append(known[name])
        Person.objects.bulk_create(created, batch_size=BATCH)
        Credit.objects.bulk_create(
            [Credit(film=film, person=known[name], role=Credit.Role.DIRECTOR) for film, name in wanted],
            batch_size=BATCH,
        )


def _grouped(pairs: Iterable[tuple[int, str]]) -> NamesByFilm:
    """(film's primary key, name) pairs as a set of names for each film."""
    names_by_film: NamesByFilm = defaultdict(set)
    for film, name in pairs:
        names_by_film[film].add(name)
    return names_by_film


def import_records(items: Iterable[Record | Problem], *, dry_run: bool = False) -> ImportReport:
    """
    Create and update films from the records of a catalogue, in one transaction.

    A value in the file replaces the film's value, except for the title and for a certificate that the
    film has already. What the file does not mention stays. A second run with the same file changes
    nothing. A dry run writes nothing and returns the same report.
    """
    importer = FilmImporter()
    for item in items:
        importer.add(item)
    if not dry_run:
        importer.write()
    return importer.report
