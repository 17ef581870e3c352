from datetime import date

import pytest

from films.catalogue import Problem, Record, Unreadable, read_catalogue
from films.mojibake import repair

TODAY = date(2026, 11, 22)


def read(text):
    return read_catalogue(text if isinstance(text, bytes) else text.encode(), TODAY)


def only(text):
    (item,) = read(text)
    return item


def test_csv_columns_may_stand_in_any_order():
    record = only("Year,Title,Director,Runtime,imdb_id\n1927,Metropolis,Fritz Lang,153,tt0017136\n")

    assert (record.title, record.year, record.runtime) == ("Metropolis", 1927, 153)
    assert (record.directors, record.imdb_id) == (("Fritz Lang",), "tt0017136")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected(delimiter):
    assert only(f"title{delimiter}year\nM{delimiter}1931\n").year == 1931


def test_a_record_needs_only_a_title():
    assert only("title\nM\n") == Record(row=1, title="M")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_detected(encoding):
    assert only("title\nAmélie\n".encode(encoding)).title == "Amélie"


def test_undefined_bytes_are_read_as_latin_1():
    assert only(b"title\n\x81\x8d\n").title


def test_json_may_have_other_headings_and_integer_titles():
    record = only(
        '[{"Title": 1941, "Release Date": "Dec 14 1979", "Running Time min": 118, "MPAA Rating": "PG"}]'
    )

    assert (record.title, record.year, record.runtime, record.certificate) == ("1941", 1979, 118, "PG")


def test_json_lines_may_have_a_list_of_directors():
    one, other = read(
        '{"title": "M", "director": ["Fritz Lang", "Nobody"]}\n\n{"title": "Detour", "year": null}\n'
    )

    assert (one.directors, other.year) == (("Fritz Lang", "Nobody"), None)


def test_imdb_title_basics_is_read():
    basics = (
        "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n"
        "tt0040522\tmovie\tBicycle Thieves\tLadri di biciclette\t0\t1948\t\\N\t89\tDrama\n"
        'tt0000009\tmovie\t"Miss Jerry\t"Miss Jerry\t0\t1894\t\\N\t45\tRomance\n'
        "tt9999999\ttvEpisode\tPilot\tPilot\t0\t1999\t\\N\t\\N\t\\N\n"
    )
    thieves, jerry, episode = read(basics)

    assert (thieves.original_title, thieves.genres, thieves.imdb_id) == (
        "Ladri di biciclette",
        ("Drama",),
        "tt0040522",
    )
    assert jerry.year == 1894
    assert episode == Problem(3, "“Pilot” is not a film (tvEpisode).")


def test_movielens_with_commas_is_read():
    record = only('movieId,title,genres\n1,"Postman, The (Postino, Il) (1994)",Comedy|Drama\n')

    assert (record.title, record.year, record.aliases) == ("The Postman", 1994, ("Il Postino",))
    assert record.genres == ("Comedy", "Drama")


def test_movielens_with_double_colons_is_read():
    assert only("1::Toy Story (1995)::Animation|Comedy\n").genres == ("Animation", "Comedy")
    assert only("1::Toy Story (1995)\n").genres == ()


def test_movielens_with_bars_is_read():
    flags = "|".join("1" if place in (1, 5) else "0" for place in range(19))
    record = only(f"1|GoldenEye (1995)|01-Jan-1995||http://x|{flags}\n")

    assert (record.title, record.year, record.genres) == ("GoldenEye", 1995, ("Action", "Comedy"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",1927", "There is no title."),
        ("M,soon", "“M”: soon is no year or date."),
        ("M,1492", "“M”: films were not made in 1492."),
        ("M,1931,long", "“M”: long is no running time in minutes."),
        ("M,1931,99,abc", "“M”: abc is no IMDb number."),
        ("x" * 251 + ",1931", "The title is longer than 250 characters."),
    ],
)
def test_a_problem_names_what_is_wrong_with_the_row(row, reason):
    assert only(f"title,year,runtime,imdb_id\n{row}\n") == Problem(1, reason)


@pytest.mark.parametrize("text", ["", "[]", "a,b\n1,2\n", "[{]", "\n\n", 'title\n"' + "x" * 1_000_001])
def test_a_file_that_is_no_catalogue_is_unreadable(text):
    with pytest.raises(Unreadable):
        read(text)


def test_a_json_list_of_numbers_gives_problems():
    assert only("[1]") == Problem(1, "There is no title.")


def test_guessed_centuries_are_corrected():
    years = [1990] * 5 + [2009] * 5 + [2010] * 5
    rows = "".join(f"A{n},{year}\n" for n, year in enumerate(years))
    late = read(f"title,year\n{rows}Wind,2039\nBirth,2015\nKong (1933),2033\n")[-3:]

    assert [record.year for record in late] == [1939, 1915, 1933]


def test_a_year_without_films_does_not_end_the_bulk():
    rows = "".join(f"A{n},{year}\n" for n, year in enumerate([1990] * 9 + [1992] * 9))
    assert read(f"title,year\n{rows}Late,2060\n")[-2].year == 1992


def test_plausible_years_are_not_changed():
    assert read("title,year\nA,1990\nB,2028\n")[1].year == 2028


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("LÈon", "Léon"), ("CachÈ", "Caché"), ("Die F‰lscher", "Die Fälscher"), ("DÈj‡ Vu", "Déjà Vu"),
        ("The Naked Gun 2Ω", "The Naked Gun 2½"), ("I Love You Ö Don't Touch Me!", "I Love You … Don't Touch Me!"),
        ("Alien³", "Alien³"), ("Ri¢hie Ri¢h", "Ri¢hie Ri¢h"), ("Amélie", "Amélie"), ("WALL·E", "WALL·E"),
        ("LÉON", "LÉON"), ("Ödipussi", "Ödipussi"),
    ],
)  # fmt: skip
def test_only_wrong_accents_are_repaired(broken, meant):
    assert repair(broken) == meant
