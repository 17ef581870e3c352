import pytest

from magazine.models import Pin
from tests.factories import make_film, make_interview, make_photo, make_review, tomorrow, yesterday


def front_page_context(client):
    return client.get("/").context


def test_the_newest_piece_is_the_lead(client, db):
    make_review(title="Older", published_at=yesterday().replace(year=2020))
    make_review(title="Newest")

    assert front_page_context(client)["lead"].title == "Newest"


def test_an_editor_can_pin_a_piece_for_a_while(client, db):
    old = make_review(title="Old", published_at=yesterday().replace(year=2020))
    make_review(title="New")
    Pin.objects.create(slot="lead", article=old, until=tomorrow())
    assert front_page_context(client)["lead"].title == "Old"

    Pin.objects.update(until=yesterday())
    assert front_page_context(client)["lead"].title == "New"


def test_a_pinned_draft_leaves_no_empty_slot(client, db):
    make_review(title="Live")
    Pin.objects.create(slot="lead", article=make_review(published_at=None))

    assert front_page_context(client)["lead"].title == "Live"


def test_no_piece_is_shown_twice(client, db):
    film = make_film()
    talk = make_interview(title="Talk")
    talk.turns.filter(kind="answer").update(pull_from=1, pull_to=2)
    Pin.objects.create(slot="second", article=make_review(title="Second", film=film))
    for _ in range(12):
        make_review(film=film)

    page = front_page_context(client)
    pieces = {block.section.app_label: block.pieces for area in page["blocks"].values() for block in area}
    rest = [piece for of_section in pieces.values() for piece in of_section]
    shown = [page["lead"], page["second"], page["interview"], *rest]
    keys = [piece.pk for piece in shown]
    assert len(keys) == len(set(keys)) == 14
    assert [*page["strip_reviews"], *page["more_reviews"]] == pieces["reviews"]
    assert page["quote"].pull_quote == "We waited"


@pytest.mark.parametrize("make", [make_review, make_interview])
def test_a_front_page_with_one_piece_works(client, db, make):
    make(title="Alone", lead_photo=make_photo())

    assert client.get("/").content.decode().count("Alone") == 1


def test_a_pull_quote_removed_by_a_correction_leaves_no_empty_slot(client, db):
    talk = make_interview(answers=["Gone."])
    talk.turns.filter(kind="answer").update(pull_from=8, pull_to=9)

    assert front_page_context(client)["quote"] is None
