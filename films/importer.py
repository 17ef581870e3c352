"""Putting catalogue records into the film records: what is new, what changes, what stays."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.text import slugify

from films.catalogue import Problem
from films.fuzzy_match import unused_slug
from films.models import Credit, Film, FilmAlias, Genre, Person
from films.titles import title_key

BATCH = 500
US_RATINGS = {"G", "PG", "PG-13", "R", "NC-17", "Not Rated", "X", "M", "GP"}


@dataclass
class ImportReport:
    """What an import did, row by row where something stood in the way."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list = field(default_factory=list)

    def as_dict(self):
        return asdict(self)


class FilmImporter:
    """One import: knows what the library held before, and collects what to write."""

    def __init__(self):
        self.report = ImportReport()
        self.films = list(Film.objects.all())
        self.by_imdb = {film.imdb_id: film for film in self.films if film.imdb_id}
        self.by_title = defaultdict(list)
        for film in self.films:
            self.by_title[film.title_key, film.year].append(film)
        self.slugs = {film.slug for film in self.films}
        self.directors = defaultdict(set)
        for film, name in _director_names():
            self.directors[film].add(name)
        self.genres_of = defaultdict(set)
        for film, name in Film.genres.through.objects.values_list("film_id", "genre__name"):
            self.genres_of[film].add(name)
        self.aliases_of = defaultdict(set)
        for film, title in FilmAlias.objects.values_list("film_id", "title"):
            self.aliases_of[film].add(title)
        self.new, self.changed, self.relations = [], {}, []

    def add(self, item):
        """Count one record or problem, and note what it asks for."""
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

    def find_existing(self, record):
        """The film a record speaks of: the same IMDb number, or title, year and director."""
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

    def create(self, record):
        film = Film(title=record.title, year=record.year)
        film.slug = unused_slug(f"{record.title} {record.year or ''}", self.slugs)
        self.slugs.add(film.slug)
        self.by_title[title_key(record.title), record.year].append(film)
        self.new.append(film)
        self.fill(film, record)
        return film

    def update(self, film, record):
        """Whether the record says anything that the film did not know."""
        changed = self.fill(film, record)
        if changed and film.pk:
            self.changed[film.pk] = film
        return changed

    def fill(self, film, record):
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

    def add_relations(self, film, names_by_film, names):
        """Note the names that a film does not have yet; whether there were any."""
        known_names = names_by_film[film.pk or id(film)]
        missing = [name for name in names if name not in known_names]
        known_names.update(missing)
        self.relations += [(film, names_by_film, name) for name in missing]
        return bool(missing)

    def write(self):
        """Everything at once, or nothing."""
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

    def _new_relations(self, names_by_film):
        return [(film, name) for film, relation, name in self.relations if relation is names_by_film]

    def _write_genres(self):
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

    def _write_directors(self):
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


def _director_names():
    credits = Credit.objects.filter(role=Credit.Role.DIRECTOR)
    return credits.values_list("film_id", "person__name")


def import_records(items, *, dry_run=False):
    """
    Take records into the film records and say what happened, as an `ImportReport`.

    What the file says fills and replaces what a film had, a title and what is not in the file stay.
    All is written in one transaction; a second run changes nothing.
    """
    importer = FilmImporter()
    for item in items:
        importer.add(item)
    if not dry_run:
        importer.write()
    return importer.report
