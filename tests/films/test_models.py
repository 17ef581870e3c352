import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from films.fuzzy_match import unused_slug
from films.models import Credit, Film, FilmAlias, Genre, Release, check_barcode
from tests.factories import make_credit, make_film, make_person


def test_the_edge_code_breaks_after_a_dot_only():
    film = Film(
        title="Ruby Sparks", year=2012, runtime=104, certificates="US R, GB 15", aspect_ratio="1.85:1"
    )

    assert film.edge_code == "2012\xa0· R\xa0· 104\xa0min\xa0· 1.85:1"
    assert Film(title="Lost").edge_code == ""


@pytest.mark.parametrize("code", ["036000291452", "4006381333931"])
def test_a_valid_barcode_is_accepted(code):
    check_barcode(code)


@pytest.mark.parametrize("code", ["036000291453", "123", "03600029145x", "036 00291452"])
def test_a_wrong_barcode_is_refused(code):
    with pytest.raises(ValidationError):
        check_barcode(code)


@pytest.mark.parametrize("wrong", [{"year": 1492}, {"runtime": 0}])
def test_the_database_refuses_impossible_values(db, wrong):
    with pytest.raises(IntegrityError):
        make_film(**wrong)


@pytest.mark.parametrize("wrong", [{"certificates": "PG-13"}, {"imdb_id": "17136"}, {"year": 1492}])
def test_a_form_explains_a_refused_value(db, wrong):
    film = Film(title="M", slug="m", **wrong)
    with pytest.raises(ValidationError):
        film.full_clean()


def test_an_imdb_number_belongs_to_one_film(db):
    make_film(imdb_id="tt0017136")
    make_film(), make_film()
    with pytest.raises(IntegrityError):
        make_film(imdb_id="tt0017136")


def test_a_death_before_the_birth_is_refused(db):
    with pytest.raises(IntegrityError):
        make_person(born=1900, died=1890)


def test_an_edition_on_disc_without_a_disc_is_refused(db):
    Release.objects.create(film=make_film(), format="digital", discs=0)
    with pytest.raises(IntegrityError):
        Release.objects.create(film=make_film(), format="dvd", discs=0)


def test_credits_come_by_role_in_billing_order(db):
    film = make_film()
    second = make_credit(film=film, role=Credit.Role.CAST, order=2)
    first = make_credit(film=film, role=Credit.Role.CAST, order=1)
    director = make_credit(film=film, role=Credit.Role.DIRECTOR)

    assert Credit.by_role(film.credits.in_billing_order()) == [
        ("Directed by", [director]),
        ("With", [first, second]),
    ]


def test_every_model_has_a_readable_name(db):
    film = make_film(title="M", year=1931)
    assert str(film) == "M (1931)"
    assert str(Film(title="M")) == "M"
    assert str(Genre(name="Drama")) == "Drama"
    assert str(FilmAlias(title="Em")) == "Em"
    assert str(make_person(name="Fritz Lang")) == "Fritz Lang"
    assert str(Release(film=film, format="dvd", edition="Gold")) == "M (1931) DVD, Gold"
    assert str(Credit(film=film, person=make_person(name="Lang"), role=1)) == "Directed by Lang"


def test_slugs_are_unused_and_never_empty():
    assert unused_slug("M (1931)", {"m-1931"}) == "m-1931-2"
    assert unused_slug("???", set()) == "untitled"


def test_credits_by_film_lists_each_film_once_with_all_jobs(db):
    film, lang = make_film(), make_person(name="Lang")
    for role, character in ((1, ""), (2, ""), (3, "Himself"), (3, "")):
        make_credit(film=film, person=lang, role=role, character=character)

    assert Credit.by_film(lang.credits.in_billing_order()) == [
        (film, ["Director", "Writer", "as Himself", "Cast"])
    ]
