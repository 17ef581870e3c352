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


def test_csv_in_any_order_of_columns():
    record = only("Year,Title,Director,Runtime,imdb_id\n1927,Metropolis,Fritz Lang,153,tt0017136\n")

    assert (record.title, record.year, record.runtime) == ("Metropolis", 1927, 153)
    assert (record.directors, record.imdb_id) == (("Fritz Lang",), "tt0017136")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_out_the_delimiter(delimiter):
    assert only(f"title{delimiter}year\nM{delimiter}1931\n").year == 1931


def test_a_title_alone_is_enough():
    assert only("title\nM\n") == Record(row=1, title="M")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_common_encoding(encoding):
    assert only("title\nAmélie\n".encode(encoding)).title == "Amélie"


def test_bytes_that_are_no_text_at_all_are_still_read():
    assert only(b"title\n\x81\x8d\n").title


def test_json_with_other_headings_and_integer_titles():
    record = only(
        '[{"Title": 1941, "Release Date": "Dec 14 1979", "Running Time min": 118, "MPAA Rating": "PG"}]'
    )

    assert (record.title, record.year, record.runtime, record.certificate) == ("1941", 1979, 118, "PG")


def test_json_with_a_record_a_line_and_directors_as_a_list():
    one, other = read(
        '{"title": "M", "director": ["Fritz Lang", "Nobody"]}\n\n{"title": "Detour", "year": null}\n'
    )

    assert (one.directors, other.year) == (("Fritz Lang", "Nobody"), None)


def test_imdb_title_basics():
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


def test_movielens_with_commas():
    record = only('movieId,title,genres\n1,"Postman, The (Postino, Il) (1994)",Comedy|Drama\n')

    assert (record.title, record.year, record.aliases) == ("The Postman", 1994, ("Il Postino",))
    assert record.genres == ("Comedy", "Drama")


def test_movielens_with_double_colons():
    assert only("1::Toy Story (1995)::Animation|Comedy\n").genres == ("Animation", "Comedy")
    assert only("1::Toy Story (1995)\n").genres == ()


def test_movielens_with_bars():
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
def test_says_what_is_wrong_with_a_row(row, reason):
    assert only(f"title,year,runtime,imdb_id\n{row}\n") == Problem(1, reason)


@pytest.mark.parametrize("text", ["", "[]", "a,b\n1,2\n", "[{]", "\n\n", 'title\n"' + "x" * 1_000_001])
def test_says_when_a_file_is_no_catalogue(text):
    with pytest.raises(Unreadable):
        read(text)


def test_a_list_of_things_that_are_no_records():
    assert only("[1]") == Problem(1, "There is no title.")


def test_takes_a_century_off_where_centuries_were_guessed():
    years = [1990] * 5 + [2009] * 5 + [2010] * 5
    rows = "".join(f"A{n},{year}\n" for n, year in enumerate(years))
    late = read(f"title,year\n{rows}Wind,2039\nBirth,2015\nKong (1933),2033\n")[-3:]

    assert [record.year for record in late] == [1939, 1915, 1933]


def test_a_small_hole_in_the_years_is_no_end():
    rows = "".join(f"A{n},{year}\n" for n, year in enumerate([1990] * 9 + [1992] * 9))
    assert read(f"title,year\n{rows}Late,2060\n")[-2].year == 1992


def test_leaves_a_file_with_plausible_years_alone():
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
def test_repairs_accents_that_went_wrong_and_no_others(broken, meant):
    assert repair(broken) == meant
