import pytest
from hypothesis import given
from hypothesis import strategies as st

from films.models import Film, FilmAlias, Person
from films.titles import article_first, folded, name_sort_key, rank_matches, title_key, title_sort_key
from tests.factories import make_film, make_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Godfather, Part II", "godfather part 2"),
        ("Amélie", "amelie"),
        ("Ri¢hie Ri¢h", "Richie Rich"),
        ("Alien³", "alien 3"),
        ("Thelma & Louise", "Thelma and Louise"),
        ("Barbarians, The", "the barbarians"),
        ("Der Untergang", "untergang"),
        ("L'Avventura", "avventura"),
        ("Se7en", "se 7 en"),
        ("Twelve Angry Men", "12 Angry Men"),
        ("The 2nd Circle", "Second Circle"),
        ("WALL·E", "wall e"),
        ("Straße", "Strasse"),
        ("Singin’ in the Rain", "singin in the rain"),
    ],
)
def test_two_spellings_share_a_key(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(("one", "other"), [("Crash", "Cash"), ("Rocky II", "Rocky III"), ("The", "A")])
def test_different_titles_have_different_keys(one, other):
    assert title_key(one) != title_key(other)


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_the_same_key(text):
    key = title_key(text)

    assert folded(key) == key


def test_article_first_moves_the_article_to_the_front():
    assert article_first("Avventura, L'") == "L'Avventura"
    assert article_first("Good, Bad and Ugly") == "Good, Bad and Ugly"


def test_matches_are_ranked_equal_beginning_words_typos():
    keys = [
        (1, "king kong lives"),
        (2, "son of king kong"),
        (3, "king kong"),
        (4, "king kung"),
        (5, "rebecca"),
    ]

    assert rank_matches(keys, "King Kong", 9) == [3, 1, 2, 4]
    assert rank_matches(keys, "!!", 9) == []
    assert rank_matches(keys, "king kong", 2) == [3, 1]


def test_short_texts_match_without_typos_only():
    assert rank_matches([(1, "abd")], "abc", 5) == []
    assert rank_matches([(1, "m"), (2, "metropolis")], "metropolis", 5) == [2]


def test_a_film_is_found_by_each_of_its_titles(db):
    film = make_film(title="Bicycle Thieves", original_title="Ladri di biciclette")
    FilmAlias.objects.create(film=film, title="The Bicycle Thief")

    for words in ("bicycle theives", "ladri di bicicletta", "the bicycle thief"):
        assert Film.objects.matching(words) == [film], words


def test_the_newest_of_several_remakes_comes_first(db):
    old, new = make_film(title="King Kong", year=1933), make_film(title="King Kong", year=2005)

    assert Film.objects.matching("king kong") == [new, old]


def test_a_typo_in_one_of_two_names_is_allowed(db):
    hitchcock = make_person(name="Alfred Hitchcock")

    assert Person.objects.matching("hichcock") == [hitchcock]


def test_a_person_is_found_despite_a_typo(db):
    varda = make_person(name="Agnès Varda")

    assert Person.objects.matching("agnes vrda") == [varda]


def test_a_key_changes_with_its_title(db):
    film = make_film(title="The Fog")
    film.title = "The Mist"
    film.save()

    assert Film.objects.get().title_key == "mist"


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Fritz Lang", "lang fritz"),
        ("Robert Downey Jr.", "downey jr robert"),
        ("Cher", "cher"),
        ("Max von Sydow", "sydow max von"),
        ("Jr.", "jr"),
        ("", ""),
    ],
)
def test_a_person_s_sort_key_begins_with_the_last_name(name, filed):
    assert name_sort_key(name) == filed


@pytest.mark.parametrize(
    ("title", "filed"), [("The Third Man", "third man"), ("Alien, The", "alien"), ("A", "a"), ("8½", "81 2")]
)
def test_a_film_s_sort_key_omits_the_article(title, filed):
    assert title_sort_key(title) == filed
