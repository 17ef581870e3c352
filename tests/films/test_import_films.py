"""The command import_films, with small files and with a real data set."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from films.importer import import_records
from films.models import Credit, Film, FilmAlias
from tests.factories import make_film

MOVIES = Path(settings.BASE_DIR).parent / "shared/data/movies.json"
ROWS = (
    "title,year,runtime,director,imdb_id\nM,1931,111,Fritz Lang,tt0022100\nDetour,1945,68,Edgar G. Ulmer,\n"
)


@pytest.fixture
def catalogue(tmp_path, db):
    path = tmp_path / "films.csv"
    path.write_text(ROWS)
    return path


def run(path, capsys, **options):
    call_command("import_films", path, json=True, **options)
    return json.loads(capsys.readouterr().out)


def test_a_second_import_of_the_same_file_changes_nothing(catalogue, capsys):
    first, second = run(catalogue, capsys), run(catalogue, capsys)

    assert first == {"read": 2, "created": 2, "updated": 0, "unchanged": 0, "rejected": 0, "problems": []}
    assert second == {"read": 2, "created": 0, "updated": 0, "unchanged": 2, "rejected": 0, "problems": []}
    assert Film.objects.get(title="M").slug == "m-1931"
    assert Credit.objects.get(film__title="M").person.name == "Fritz Lang"


def test_a_dry_run_writes_nothing(catalogue, capsys):
    assert run(catalogue, capsys, dry_run=True)["created"] == 2
    assert not Film.objects.exists()


def test_an_import_fills_empty_fields(catalogue, capsys):
    make_film(title="Detour", year=1945)

    assert run(catalogue, capsys)["updated"] == 1
    assert Film.objects.get(title="Detour").runtime == 68


def test_remakes_and_namesakes_are_kept_apart(capsys, tmp_path, db):
    path = tmp_path / "films.csv"
    path.write_text("title,year,director\nHamlet,2000,One\nHamlet,2000,Other\nHamlet,1996,One\n")

    assert run(path, capsys)["created"] == 3
    assert run(path, capsys)["unchanged"] == 3
    assert sorted(Film.objects.values_list("slug", flat=True)) == [
        "hamlet-1996",
        "hamlet-2000",
        "hamlet-2000-2",
    ]


def test_an_imdb_number_finds_a_film_under_another_title(catalogue, capsys):
    make_film(title="M: Eine Stadt sucht einen Mörder", imdb_id="tt0022100", year=1931)

    assert run(catalogue, capsys)["created"] == 1


def test_aliases_genres_and_certificates_are_imported(capsys, tmp_path, db):
    path = tmp_path / "movies.csv"
    path.write_text('movieId,title,genres,mpaa\n1,"Postman, The (Postino, Il) (1994)",Comedy|Drama,PG\n')
    run(path, capsys)

    film = Film.objects.get()
    assert FilmAlias.objects.get().title == "Il Postino"
    assert [genre.name for genre in film.genres.all()] == ["Comedy", "Drama"]
    assert film.certificates == "US PG"
    assert run(path, capsys)["unchanged"] == 1


def test_the_report_in_words(tmp_path, capsys, db):
    path = tmp_path / "films.csv"
    path.write_text("title,year\n" + ",1\n" * 25)
    call_command("import_films", path, dry_run=True)

    output = capsys.readouterr().out
    assert "row 1: There is no title." in output
    assert "and 5 more" in output
    assert "25 rejected. Nothing was written (dry run)." in output


@pytest.mark.parametrize("content", [None, "nothing here"])
def test_an_unreadable_file_is_reported(content, tmp_path, db):
    path = tmp_path / "films.csv"
    if content:
        path.write_text(content)
    with pytest.raises(CommandError, match=r"films\.csv"):
        call_command("import_films", path)


def test_a_failed_import_writes_nothing(db, monkeypatch, catalogue):
    monkeypatch.setattr("films.importer.FilmImporter._write_directors", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("import_films", catalogue)

    assert not Film.objects.exists()


def test_a_second_source_adds_its_imdb_number_once(db):
    from films.catalogue import Record

    import_records([Record(row=1, title="M", year=1931)])
    report = import_records([Record(row=1, title="M", year=1931, imdb_id="tt0022100")] * 2)

    assert (report.updated, report.unchanged, Film.objects.count()) == (1, 1, 1)


@pytest.mark.skipif(
    not MOVIES.exists() and os.environ.get("CI") != "true", reason=f"the real data set is not at {MOVIES}"
)
def test_a_real_data_set_is_imported_completely(capsys, db):
    report = run(MOVIES, capsys)

    assert (report["read"], report["created"], report["rejected"]) == (3201, 3200, 1)
    assert report["problems"] == [{"row": 3054, "reason": "There is no title."}]
    years = dict(
        Film.objects.filter(title__in=["Gone with the Wind", "The Birth of a Nation"]).values_list(
            "title", "year"
        )
    )
    assert years == {"Gone with the Wind": 1939, "The Birth of a Nation": 1915}
    assert not Film.objects.filter(year__gt=2011).exists()
    titles = set(Film.objects.values_list("title", flat=True))
    assert {"Léon", "Die Fälscher", "Alien³", "Ri¢hie Ri¢h", "The Barbarians", "2012", "Lolita"} <= titles
    assert not any("  " in title or title.endswith(", The") for title in titles)
    assert sorted(Film.objects.filter(title="King Kong").values_list("year", flat=True)) == [1933, 1976, 2005]
    again = run(MOVIES, capsys)
    assert (again["unchanged"], again["created"], again["updated"]) == (3200, 0, 0)
