import pytest
from django.http import Http404
from django.test import RequestFactory

from magazine.models import Article
from magazine.shortcuts import paginate
from magazine.templatetags.magazine import date_line, site_datetime, without_spoilers
from tests.factories import make_review


def page(number, size=2):
    request = RequestFactory().get("/", {"page": number} if number is not None else {})
    return paginate(Article.objects.order_by("pk"), request, size=size)


@pytest.fixture
def five(db):
    return [make_review().pk for _ in range(5)]


def test_a_page_has_the_numbers_of_previous_and_next(five):
    first, last = page("1"), page("3")

    assert ([each.pk for each in first], first.previous, first.next) == (five[:2], None, 2)
    assert ([each.pk for each in last], last.previous, last.next) == (five[4:], 2, None)
    assert len(last) == 1


@pytest.mark.parametrize("nonsense", [None, "", "x", "-1", "0", "1e3", "٣", "9" * 400])
def test_an_invalid_page_number_gives_page_one(five, nonsense):
    assert page(nonsense).number == 1


def test_a_page_after_the_last_raises_404(five):
    with pytest.raises(Http404):
        page("9")


def test_a_page_takes_one_query(five, django_assert_num_queries):
    with django_assert_num_queries(1):
        page("2")


def test_links_to_other_pages_keep_the_filters(client, db):
    for _ in range(21):
        make_review(half_stars=8)

    assert 'href="?rating=8&amp;page=2"' in client.get("/reviews/?rating=8").content.decode()


def test_site_datetime_names_its_time_zone():
    from datetime import UTC, datetime

    assert site_datetime(datetime(2026, 11, 7, 2, 30, tzinfo=UTC)) == "Fri 6 Nov 2026, 7:30 p.m. MST"
    assert date_line(datetime(2026, 11, 7, 2, 30, tzinfo=UTC)) == "6 November 2026"


def test_without_spoilers_hides_spoilers():
    assert without_spoilers("<p>a</p><details>b</details>") == "a [spoiler]"
