import pytest

from films.models import Genre
from tests.factories import make_contributor, make_film, make_review


@pytest.fixture
def reviews(db):
    drama = Genre.objects.create(name="Drama", slug="drama")
    nora, theo = make_contributor(name="Nora", slug="nora"), make_contributor(name="Theo", slug="theo")
    old = make_review(nora, title="Old", half_stars=10, film=make_film(year=1927))
    new = make_review(theo, title="New", half_stars=7, film=make_film(year=1968))
    old.film.genres.add(drama)
    make_review(title="Draft", published_at=None, half_stars=10, film=old.film)
    return old, new


def listed(client, query=""):
    return [review.title for review in client.get(f"/reviews/{query}").context["page"]]


def test_the_list_shows_the_newest_first_and_no_drafts(client, reviews):
    assert listed(client) == ["New", "Old"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?rating=10", ["Old"]),
        ("?year=1968", ["New"]),
        ("?genre=drama", ["Old"]),
        ("?critic=theo", ["New"]),
        ("?critic=theo&rating=10", []),
        ("?rating=nonsense&year=9999&genre=x&critic=", ["New", "Old"]),
    ],
)
def test_filters_are_links(client, reviews, query, titles):
    assert listed(client, query) == titles


def test_a_chosen_filter_can_be_taken_off_and_the_others_stay(client, reviews):
    page = client.get("/reviews/?rating=10&critic=nora&page=1").content.decode()

    assert 'href="?critic=nora"' in page and "5 stars" in page


def test_facets_offer_only_values_of_reviewed_films(client, reviews):
    make_film(year=2001)
    facets = {
        facet.name: [choice.label for choice in facet.choices]
        for facet in client.get("/reviews/").context["facets"]
    }

    assert facets["year"] == ["1968", "1927"]
    assert facets["genre"] == ["Drama"]
    assert facets["critic"] == ["Nora", "Theo"]
    assert facets["rating"][:2] + facets["rating"][-2:] == ["5 stars", "4½ stars", "1 star", "½ star"]


def test_an_empty_result_says_so(client, reviews):
    assert (
        "No review answers to all of that" in client.get("/reviews/?critic=theo&rating=10").content.decode()
    )


def test_a_review_without_a_rating_says_so(client, db):
    review = make_review(half_stars=None)
    page = client.get(review.get_absolute_url()).content.decode()

    assert "Not rated" in page and "stars-" not in page


def test_content_checked_without_notes_differs_from_not_checked(client, db):
    checked, unchecked = make_review(content_checked=True), make_review()

    assert "Checked; nothing to note." in client.get(checked.get_absolute_url()).content.decode()
    assert "nothing to note" not in client.get(unchecked.get_absolute_url()).content.decode()


def test_other_reviews_of_the_film_are_apart_from_related_pieces(client, db):
    film = make_film(title="M")
    one = make_review(film=film)
    make_review(film=film, title="Another")
    page = client.get(one.get_absolute_url())

    assert [piece.title for piece in page.context["other_reviews"]] == ["Another"]
    assert page.context["related"] == []


def test_a_long_cast_is_shortened(client, db):
    from tests.factories import make_credit

    film = make_film(title="W" * 120)
    for place in range(40):
        make_credit(film=film, role=3, order=place)

    assert "and 28 more" in client.get(make_review(film=film).get_absolute_url()).content.decode()
