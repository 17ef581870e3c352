import pytest

from films.models import Genre
from tests.factories import make_film, make_person


@pytest.fixture
def films(db):
    noir = Genre.objects.create(name="Noir", slug="noir")
    make_film(title="The Third Man", year=1949).genres.add(noir)
    make_film(title="Tokyo Story", year=1953)
    make_film(title="L'Avventura", year=1960)
    make_film(title="8½", year=None)


def shown(client, query=""):
    return [film.title for film in client.get(f"/films/{query}").context["page"]]


def test_films_are_sorted_by_title_without_the_article(client, films):
    assert shown(client)[1:] == ["L'Avventura", "The Third Man", "Tokyo Story"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?letter=t", ["The Third Man", "Tokyo Story"]),
        ("?decade=1940", ["The Third Man"]),
        ("?genre=noir", ["The Third Man"]),
        ("?letter=t&decade=1950", ["Tokyo Story"]),
        ("?letter=t&genre=noir&decade=1960", []),
    ],
)
def test_films_are_filtered_by_letter_decade_and_genre(client, films, query, titles):
    assert shown(client, query) == titles


def test_an_invalid_filter_is_ignored(client, films):
    assert len(shown(client, "?letter=%25&decade=x&genre=y")) == 4


def test_people_are_filtered_by_letter(client, db):
    for name in ("Fritz Lang", "Ida Lupino", "Éric Rohmer"):
        make_person(name=name)

    assert [each.name for each in client.get("/people/?letter=r").context["page"]] == ["Éric Rohmer"]
    assert [choice.label for choice in client.get("/people/").context["facets"][0].choices] == ["L", "R"]


def test_empty_lists_say_so(client, db):
    assert "No film on file" in client.get("/films/").content.decode()
    assert "Nobody on file" in client.get("/people/").content.decode()
