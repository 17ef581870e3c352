"""The pages for the TV show: short URL, card with QR code, the draw in big letters."""

import pytest
from django.utils import timezone

from contest.models import Contest
from tests.contest.helpers import DAY, claim_prize, make_closed_contest, now, placements
from tests.factories import make_contest, make_drawn


def test_the_short_url_redirects_to_the_open_contest(client, db):
    assert client.get("/win/").url == "/contest/"
    make_closed_contest()
    make_contest(opens_at=now() + DAY, closes_at=now() + 9 * DAY)
    assert client.get("/win/").url == "/contest/"
    make_contest(slug="discs")
    assert client.get("/win/").url == "/contest/discs/"
    make_contest(slug="more-discs")
    assert client.get("/win/").url == "/contest/"


def test_the_short_url_ignores_a_contest_before_its_publication(client, db):
    make_contest(
        slug="discs", published_at=timezone.now() + DAY, opens_at=now() + 2 * DAY, closes_at=now() + 9 * DAY
    )
    assert client.get("/win/").url == "/contest/"


@pytest.mark.parametrize(("opens", "said"), [(-1, "Until"), (1, "From"), (-9, "Closed")])
def test_the_camera_card_shows_prizes_url_and_qr_code(client, db, settings, opens, said):
    settings.SITE_URL, begins = "https://clips.example", now() + opens * DAY
    times = {"opens_at": begins, "closes_at": begins + 3 * DAY, "published_at": now() - 20 * DAY}
    contest = make_contest(slug="discs", opened=False, **times)
    page = client.get(contest.page_urls["on_air"]).content.decode()
    assert (
        "clips.example/win/" in page and f'<p class="code">{said}' in page and "No purchase necessary" in page
    )
    assert b"style" not in client.get(contest.page_urls["qr_code"]).content


def test_the_studio_names_winners_only_with_their_consent(client, db):
    contest = make_drawn(4, prizes=2)
    first, second = placements(contest)
    claim_prize(first, listed_as="Ana M., Tempe")
    page = client.get(Contest.objects.get(pk=contest.pk).page_urls["studio"]).content.decode()

    assert page.count("Ana M., Tempe") == 1 and second.entry.name not in page
    assert page.index(second.entry.ticket[:8]) < page.index(first.entry.ticket[:8])  # the last place first
