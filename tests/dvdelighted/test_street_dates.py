from datetime import date, timedelta

import vobject
from django.utils import timezone

from dvdelighted.street_dates import Month, street_dates_ics
from tests.factories import make_disc_review, make_film, make_release


def test_a_month_has_its_first_and_last_day():
    assert Month.of(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))
    assert Month.of(None, None).first == timezone.localdate().replace(day=1)


def test_an_invalid_month_is_none(client, db):
    assert Month.of(2024, 13) is None
    for path in ("/dvdelighted/calendar/2024/13/", "/dvdelighted/calendar/1200/1/"):
        assert client.get(path).status_code == 404


def test_the_calendar_lists_discs_by_day_with_their_reviews(client, db):
    release = make_release(street_date="2024-02-13", edition="Gold")
    make_disc_review(release=release, film=release.film, slug="gold")
    make_release(street_date="2024-02-27")
    make_release(street_date="2024-03-01")
    page = client.get("/dvdelighted/calendar/2024/2/")

    assert [day for day, _ in page.context["days"]] == [date(2024, 2, 13), date(2024, 2, 27)]
    assert "/dvdelighted/gold/" in page.content.decode()


def test_a_month_links_to_the_next_month_with_discs(client, db):
    for day in ("2023-06-06", "2024-02-13", "2025-09-09"):
        make_release(street_date=day)
    page = client.get("/dvdelighted/calendar/2024/2/").content.decode()

    assert "/dvdelighted/calendar/2023/6/" in page and "/dvdelighted/calendar/2025/9/" in page
    assert "/dvdelighted/calendar/2024/1/" not in page


def test_an_empty_month_says_so(client, db):
    assert "No disc that we know of" in client.get("/dvdelighted/calendar/2024/2/").content.decode()


def test_the_icalendar_file_can_be_parsed(db):
    today = timezone.localdate()
    film = make_film(title="Amélie; or, the jar, maybe", slug="amelie")
    make_release(film=film, street_date=today, edition="Gold", distributor="Sagebrush")
    make_release(street_date=today - timedelta(days=400))
    calendar = vobject.readOne(street_dates_ics().decode())
    calendar.validate()
    (event,) = calendar.vevent_list

    assert event.summary.value == "Amélie; or, the jar, maybe: Blu-ray, Gold"
    assert (event.dtstart.value, event.dtend.value) == (today, today + timedelta(days=1))
    assert event.url.value == "http://127.0.0.1:8000/films/amelie/"


def test_an_event_keeps_its_uid(db):
    release = make_release(street_date=timezone.localdate())
    before = vobject.readOne(street_dates_ics().decode()).vevent.uid.value
    release.edition = "Renamed"
    release.save()

    assert vobject.readOne(street_dates_ics().decode()).vevent.uid.value == before
