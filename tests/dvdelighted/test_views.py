from datetime import timedelta

from django.utils import timezone

from tests.factories import make_disc_review, make_film, make_release


def test_filters_by_format_and_rating(client, db):
    film = make_film()
    uhd = make_disc_review(release=make_release(film=film, format="uhd"), film=film, half_stars=9)
    make_disc_review(half_stars=9)
    page = client.get("/dvdelighted/?format=uhd&rating=9").context["page"]

    assert [piece.title for piece in page] == [uhd.title]
    assert client.get("/dvdelighted/?format=laser").context["page"].items


def test_the_list_shows_upcoming_street_dates(client, db):
    today = timezone.localdate()
    make_release(street_date=today - timedelta(days=1))
    coming = make_release(street_date=today)

    assert list(client.get("/dvdelighted/").context["upcoming_releases"]) == [coming]


def test_a_disc_review_links_to_its_transfer_section(client, db):
    make_disc_review(slug="m", body="<p>Film.</p>")
    page = client.get("/dvdelighted/m/").content.decode()

    assert page.index('href="#transfer"') < page.index("Film.") < page.index('id="transfer"')


def test_a_film_without_discs_says_so(client, db):
    make_film(slug="m")
    assert "No edition of this film" in client.get("/dvdelighted/editions/m/").content.decode()
    assert client.get("/dvdelighted/editions/none/").status_code == 404
