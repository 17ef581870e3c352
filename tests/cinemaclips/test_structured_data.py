"""Structured data, parsed by extruct and checked by the vocabulary of schema.org and rules of search engines."""

import extruct
import pytest
from schema_org.registry import PARENTS, PROPERTY_BY_SCHEMA, ancestry

from films.models import Credit
from magazine.models import Correction
from tests.factories import (
    make_album,
    make_contributor,
    make_credit,
    make_disc_review,
    make_episode,
    make_film,
    make_interview,
    make_person,
    make_photo,
    make_pick_list,
    make_post,
    make_press_release,
    make_release,
    make_review,
    tomorrow,
    yesterday,
)


def read(client, address):
    """The items of structured data on a page, by type."""
    html = client.get(address).content.decode()
    (block,) = extruct.extract(html, base_url="http://127.0.0.1:8000", syntaxes=["json-ld"])["json-ld"]
    assert block["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in block["@graph"]}


def check_vocabulary(thing):
    """Assert that every property belongs to its type or a parent type in schema.org, and has a value."""
    if isinstance(thing, list):
        for each in thing:
            check_vocabulary(each)
    elif isinstance(thing, dict):
        assert thing["@type"] in PARENTS, thing["@type"]
        kinds = {thing["@type"], *ancestry(thing["@type"])}
        for name, value in thing.items():
            assert name == "@type" or kinds & domains(name), (thing["@type"], name)
            assert value not in ("", None, [], {}), (thing["@type"], name)
            check_vocabulary(value)


def domains(name):
    """The types that a property belongs to."""
    # Google's property for a search box; schema.org has it as an annotation of actions only.
    if name == "query-input":
        return {"SearchAction"}
    return set(PROPERTY_BY_SCHEMA[name].domains) if name in PROPERTY_BY_SCHEMA else set()


@pytest.fixture
def nora(db):
    return make_contributor(name="Nora Tamblyn", slug="nora", title="Editor")


def test_a_review_has_structured_data(client, nora):
    film = make_film(title="M", year=1931, runtime=110, countries="Germany, France", imdb_id="tt0022100")
    make_credit(film=film, person=make_person(name="Fritz Lang"), role=Credit.Role.DIRECTOR)
    review = make_review(nora, film=film, half_stars=9, verdict="Dark </script><b>.", lead_photo=make_photo())
    review.tags.add("noir")
    Correction.objects.create(article=review, before="1930", after="1931", corrected_at="2024-02-02")
    data = read(client, review.get_absolute_url())
    check_vocabulary(list(data.values()))
    found = data["Review"]

    assert found["author"] == [
        {
            "@type": "Person",
            "name": "Nora Tamblyn",
            "url": "http://127.0.0.1:8000/contributors/nora/",
            "jobTitle": "Editor",
        }
    ]
    assert found["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 4.5,
        "bestRating": 5,
        "worstRating": 0.5,
    }
    assert found["itemReviewed"]["@type"] == "Movie" and found["itemReviewed"]["director"] == [
        {"@type": "Person", "name": "Fritz Lang"}
    ]
    assert (
        found["itemReviewed"]["dateCreated"] == "1931" and len(found["itemReviewed"]["countryOfOrigin"]) == 2
    )
    assert found["reviewBody"] == "Dark </script><b>." and len(found["description"]) <= 200
    assert found["correction"] == [
        {"@type": "CorrectionComment", "text": "“1930” is now 1931", "datePublished": "2024-02-02"}
    ]
    assert {"headline", "datePublished", "dateModified", "publisher", "image", "inLanguage"} <= set(found)
    trail = data["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in trail] == [
        (1, "cinemaCLIPS"),
        (2, "Reviews"),
        (3, review.title),
    ]


def test_a_piece_without_rating_has_none_in_structured_data(client, nora):
    assert "reviewRating" not in read(client, make_review(nora, half_stars=None).get_absolute_url())["Review"]


def test_every_kind_of_piece_has_structured_data(client, nora):
    photo, film = make_photo(licence="https://example.com/l", copyright="J-R"), make_film(poster=make_photo())
    pieces = {
        "Review": make_disc_review(
            nora, release=make_release(film=film, barcode="036000291452", street_date="2024-01-02"), film=film
        ),
        "Article": make_interview(nora),
        "ImageGallery": make_album(nora, [photo]),
        "NewsArticle": make_press_release(dateline="TEMPE"),
        "BlogPosting": make_post(nora),
        "TVEpisode": make_episode(season=1, number=2, airs=make_review().published_at, film=film),
    }
    for kind, piece in pieces.items():
        data = read(client, piece.get_absolute_url())
        assert kind in data, (kind, data)
        check_vocabulary(list(data.values()))
    listed = read(client, make_pick_list(nora, [film], list_kind="ranked").get_absolute_url())["Article"]
    check_vocabulary(listed)
    assert listed["mainEntity"]["@type"] == "ItemList" and listed["mainEntity"]["itemListOrder"].endswith(
        "Ascending"
    )


def test_the_magazine_is_the_author_of_a_piece_without_byline(client, db):
    found = read(client, make_press_release().get_absolute_url())["NewsArticle"]
    assert found["author"][0]["@type"] == "Organization" and found["author"][0]["name"] == "cinemaCLIPS"


def test_a_photo_has_credit_and_licence(client, nora):
    photo = make_photo(credit="Ann", licence="https://example.com/l", copyright="J-R", caption="The door")
    album = make_album(nora, [photo])
    found = read(client, album.pictures.get().get_absolute_url())["ImageObject"]
    check_vocabulary(found)

    assert (found["creditText"], found["license"], found["caption"]) == (
        "Ann",
        "https://example.com/l",
        "The door",
    )
    assert {"contentUrl", "creator", "copyrightNotice", "acquireLicensePage"} <= set(found)


def test_people_films_contributors_and_the_site_have_structured_data(client, nora):
    make_review()
    person = make_person(born=1890, died=1976, imdb_id="nm0000485", portrait=make_photo())
    for address, kind in ((make_film().get_absolute_url(), "Movie"), (person.get_absolute_url(), "Person"),
                          (nora.get_absolute_url(), "Person"), ("/", "WebSite")):  # fmt: skip
        data = read(client, address)
        check_vocabulary(data[kind])
    assert read(client, person.get_absolute_url())["Person"]["birthDate"] == "1890"
    target = read(client, "/")["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://127.0.0.1:8000/search/?q={search_term_string}"


def test_a_photo_out_of_its_rights_is_in_no_data(client, db):
    photo = make_photo(usable_until=tomorrow())
    film, person = make_film(poster=photo), make_person(portrait=photo)
    pages = {film.get_absolute_url(): "Movie", person.get_absolute_url(): "Person"}
    assert all("image" in read(client, path)[kind] for path, kind in pages.items())

    photo.usable_until = yesterday()
    photo.save()
    assert not any("image" in read(client, path)[kind] for path, kind in pages.items())


def test_an_unlisted_piece_has_no_structured_data(client, nora):
    html = client.get(make_review(nora, unlisted=True).get_absolute_url()).content.decode()
    assert "application/ld+json" not in html


def test_an_unknown_property_is_found():
    with pytest.raises(AssertionError):
        check_vocabulary({"@type": "Review", "stars": 5})
    with pytest.raises(AssertionError):
        check_vocabulary({"@type": "Review", "name": ""})
    with pytest.raises(AssertionError):
        check_vocabulary({"@type": "Criticism"})
    with pytest.raises(AssertionError):
        check_vocabulary({"@type": "Rating", "reviewBody": "Dark."})
