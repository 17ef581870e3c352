from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from about.airing_calendar import airings_ical
from about.models import Airing, Channel, Segment
from tests.factories import (
    make_channel,
    make_episode,
    make_film,
    make_photo,
    make_review,
    make_staff,
    yesterday,
)

WINTER, SUMMER = datetime(2026, 12, 4, 3, tzinfo=UTC), datetime(2026, 7, 4, 3, tzinfo=UTC)


def test_a_broadcast_ends_when_its_episode_does(db):
    episode = make_episode(minutes_long=28, airs=WINTER)
    assert episode.airings.get().ends_at == WINTER + timedelta(minutes=28)


def test_times_are_printed_on_the_channel_s_own_clock(client, db):
    episode = make_episode(airs=WINTER)
    Airing.objects.create(episode=episode, channel=make_channel(zone="America/Phoenix"), starts_at=SUMMER)
    page = client.get(episode.get_absolute_url()).content.decode()

    assert "Thu 3 Dec 2026, 8:00 p.m. MST" in page  # Denver in winter
    assert "Fri 3 Jul 2026, 8:00 p.m. MST" in page  # Phoenix has no daylight saving time


def test_daylight_saving_time_is_that_of_the_channel(db):
    airing = make_episode(airs=SUMMER).airings.get()
    assert (airing.local_start.hour, airing.local_start.tzname()) == (21, "MDT")


@pytest.mark.parametrize("zone", ["Arizona", "", "../etc/passwd", "MST7"])
def test_an_unknown_time_zone_is_refused(db, zone):
    with pytest.raises(ValidationError):
        Channel(name="x", zone=zone).full_clean()


def test_the_next_airing_is_on_the_front_page_until_it_ends(client, db):
    make_review()
    airs = timezone.now() - timedelta(minutes=10)
    make_episode(title="Now", airs=airs)
    make_episode(title="Tomorrow", airs=airs + timedelta(days=1))
    make_episode(title="Secret", airs=airs + timedelta(hours=1), published_at=None)
    assert client.get("/").context["airing"].episode.title == "Now"
    assert "Now</strong>" in client.get("/").content.decode()

    Airing.objects.filter(starts_at=airs).update(ends_at=timezone.now())
    assert client.get("/").context["airing"].episode.title == "Tomorrow"


def test_a_segment_links_to_its_piece_once_that_is_published(db):
    film = make_film()
    episode = make_episode(film=film)
    segment = episode.segments.get()
    assert segment.target_url == film.get_absolute_url()

    segment.article = make_review(published_at=None).article_ptr
    assert segment.target_url == film.get_absolute_url()
    segment.article = make_review().article_ptr
    assert segment.target_url == segment.article.get_absolute_url()
    assert Segment().target_url == ""


def test_an_episode_is_listed_by_the_films_and_people_of_its_segments(client, db):
    review = make_review(film=make_film(slug="m"))
    episode = make_episode(title="Pilot")
    Segment.objects.create(episode=episode, title="x", article=review)
    episode.add_films_and_people()

    assert "Pilot" in client.get("/films/m/").content.decode()


def test_an_episode_needs_a_segment_and_no_byline(db):
    episode = make_episode()
    assert episode.publish_blockers() == []
    episode.segments.all().delete()
    assert [each.field for each in episode.publish_blockers()] == ["segments"]


def test_an_episode_number_is_unique(db):
    make_episode(season=1, number=1)
    with pytest.raises(IntegrityError):
        make_episode(season=1, number=1)


@pytest.mark.parametrize(
    ("season", "number", "code"), [(3, 4, "Season 3, episode 4"), (None, 4, "Episode 4"), (None, None, "")]
)
def test_the_code_names_season_and_number_if_known(season, number, code):
    from about.models import Episode

    assert Episode(season=season, number=number).code == code


def test_a_channel_has_one_airing_at_a_time(db):
    airing = make_episode(airs=WINTER).airings.get()
    with pytest.raises(IntegrityError):
        Airing.objects.create(episode=make_episode(), channel=airing.channel, starts_at=WINTER)


def test_the_icalendar_file_can_be_parsed(db):
    soon = timezone.now().replace(microsecond=0) + timedelta(days=2)
    episode = make_episode(title="Rain, and more; all of it", airs=soon)
    make_episode(airs=timezone.now() - timedelta(days=90))
    make_episode(airs=soon, published_at=None)
    calendar = vobject.readOne(airings_ical().decode())
    calendar.validate()
    (event,) = calendar.vevent_list

    assert event.summary.value == "CLIPS: Rain, and more; all of it"
    assert event.dtstart.value.astimezone(UTC) == soon
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=30)
    assert event.dtstart.value.utcoffset() == soon.astimezone(ZoneInfo("America/Denver")).utcoffset()
    assert event.url.value.endswith(episode.get_absolute_url())


def test_an_episode_has_structured_data(db):
    episode = make_episode(
        season=2, number=3, airs=WINTER, lead_photo=make_photo(), video_url="https://example.com/v"
    )
    data = episode.structured_data()

    assert (data["@type"], data["episodeNumber"], data["partOfSeason"]["seasonNumber"]) == ("TVEpisode", 3, 2)
    assert data["video"]["thumbnailUrl"].endswith(".jpeg")
    assert data["publication"][0]["startDate"] == "2026-12-03T20:00:00-07:00"
    assert "video" not in make_episode(lead_photo=make_photo()).structured_data()
    episode.lead_photo.usable_until = yesterday()
    assert "video" not in episode.structured_data()


def test_saving_at_the_desk_adds_films(client, db):
    client.force_login(make_staff("editor"))
    film = make_film()
    data = {
        "title": "Pilot", "slug": "pilot", "dek": "On.", "minutes_long": "30",
        "segments-TOTAL_FORMS": "1", "segments-INITIAL_FORMS": "0", "segments-0-title": "Part", "segments-0-order": "0",
        "segments-0-film": film.pk,
        **{f"{each}-{part}": "0" for each in ("airings", "bylines", "corrections") for part in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }  # fmt: skip
    assert client.post("/desk/about/episode/add/", data).status_code == 302
    assert film.mentioned_in.get().title == "Pilot"


def test_str_of_every_model(db):
    airing = make_episode(title="Pilot", airs=WINTER).airings.get()
    assert str(airing) == f"Pilot on {airing.channel}"
    assert str(airing.episode.segments.get()) == "The film"


@pytest.mark.parametrize(
    ("minutes", "running"), [(-31, False), (-30, False), (-29, True), (0, True), (1, False)]
)
def test_is_running_is_true_between_start_and_end(db, client, monkeypatch, minutes, running):
    now = timezone.now().replace(microsecond=0)
    episode = make_episode(airs=now + timedelta(minutes=minutes), slug="pilot")
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert episode.airings.get().is_running is running
    assert ("On the air now" in client.get("/about/show/pilot/").content.decode()) is running
