from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from picks.models import Ballot, Choice, Pick, PickList, WeeklyPick
from tests.factories import make_contributor, make_film, make_pick_list, make_review, make_staff


def vote(picks, *films):
    ballot = Ballot.objects.create(list=picks, contributor=make_contributor())
    for rank, film in enumerate(films, 1):
        Choice.objects.create(ballot=ballot, film=film, rank=rank)
    return ballot


def test_a_list_shows_our_rating_of_each_film(client, db):
    reviewed, other = make_film(), make_film()
    make_review(film=reviewed, title="Ours", half_stars=9)
    make_review(film=other, title="Unrated", half_stars=None)
    make_review(film=other, title="Secret", published_at=None)
    picks = make_pick_list(films=[reviewed, other])
    page = client.get(picks.get_absolute_url())

    assert [verdict and verdict.title for _, verdict in page.context["picks"]] == ["Ours", None]
    assert "Not reviewed yet" in page.content.decode()


def test_ballots_determine_the_list_and_the_method_is_stated(client, db):
    first, second = make_film(title="First"), make_film(title="Second")
    picks = make_pick_list(list_kind="ballots", films=[second])
    picks.picks.update(note="Kept")
    vote(picks, first, second)
    vote(picks, first)
    picks.update_picks_and_films()

    assert [(pick.film.title, pick.position, pick.points, pick.note) for pick in picks.picks.in_order()] == [
        ("First", 1, 20, ""), ("Second", 2, 9, "Kept")
    ]  # fmt: skip
    page = client.get(picks.get_absolute_url()).content.decode()
    assert "ten points to its first film" in page and "20 points from 2 ballots" in page
    assert set(picks.films.all()) == {first, second}


def test_a_joint_list_ends_after_ten_places(db):
    films = [make_film() for _ in range(12)]
    picks = make_pick_list(list_kind="ballots")
    vote(picks, *films[:10])
    vote(picks, *films[2:])
    picks.update_picks_and_films()

    assert picks.picks.count() == 10


def test_what_keeps_a_list_from_being_published(db):
    empty = PickList.objects.create(title="x", slug="x", dek="x")
    assert [each.field for each in empty.missing_rows()] == ["bylines", "picks"]

    empty.list_kind = PickList.ListKind.BALLOTS
    assert [each.field for each in empty.missing_rows()] == ["bylines", "ballots"]


def test_the_database_refuses_invalid_ballots(db):
    picks, film = make_pick_list(list_kind="ballots"), make_film()
    ballot = vote(picks, film)
    for wrong in (
        {"film": film, "rank": 2},
        {"film": make_film(), "rank": 1},
        {"film": make_film(), "rank": 11},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Choice.objects.create(ballot=ballot, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(list=picks, contributor=ballot.contributor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pick.objects.create(list=picks, film=picks.picks.get().film)


def weekly(start, **fields):
    day = timezone.localdate() + timedelta(days=start)
    defaults = {"film": make_film(), "contributor": make_contributor(), "note": "Now."}
    return WeeklyPick.objects.create(
        **defaults | {"starts_on": day, "ends_on": day + timedelta(days=6)} | fields
    )


def test_the_pick_of_the_week_ends_and_stays_in_the_archive(client, db):
    over, coming = weekly(-10), weekly(3)
    assert WeeklyPick.objects.current() is None
    assert "has run out" in client.get("/picks/").content.decode()

    current = weekly(-3)
    assert WeeklyPick.objects.current() == current
    shown = [pick for pick, _ in client.get("/picks/of-the-week/").context["picks"]]
    assert shown == [current, over] and coming not in shown


def test_a_pick_of_the_week_cannot_end_before_it_starts(db):
    pick = weekly(0)
    pick.ends_on = pick.starts_on - timedelta(days=1)
    with pytest.raises(ValidationError, match="last day comes before"):
        pick.full_clean()


def test_a_ballot_saved_at_the_desk_is_counted_at_once(client, db):
    client.force_login(make_staff("editor"))
    picks, film = make_pick_list(list_kind="ballots", films=[make_film()]), make_film(title="Voted")
    data = {
        "list": picks.pk, "contributor": make_contributor().pk, "choices-TOTAL_FORMS": "1",
        "choices-INITIAL_FORMS": "0", "choices-0-film": film.pk, "choices-0-rank": "1",
    }  # fmt: skip
    assert client.post("/desk/picks/ballot/add/", data).status_code == 302
    assert [pick.film for pick in picks.picks.all()] == [film]

    ballot = Ballot.objects.get()
    client.post(
        "/desk/picks/ballot/", {"action": "delete_selected", "_selected_action": ballot.pk, "post": "yes"}
    )
    assert [(pick.film, pick.points) for pick in picks.picks.all()] == [(film, 0)]


def test_saving_a_list_at_the_desk_sets_its_films(client, db):
    client.force_login(make_staff("editor"))
    film = make_film()
    data = {
        "title": "Ten", "slug": "ten", "dek": "Ten.", "list_kind": "ranked",
        "picks-TOTAL_FORMS": "1", "picks-INITIAL_FORMS": "0", "picks-0-film": film.pk, "picks-0-position": "1",
        "picks-0-note": "Because.", "bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0",
        "corrections-TOTAL_FORMS": "0", "corrections-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post("/desk/picks/picklist/add/", data).status_code == 302

    picks = PickList.objects.get()
    assert list(picks.films.all()) == [film]
    assert "because" in picks.search_text and picks.method == "" and picks.is_ranked


def test_str_of_every_model(db):
    picks, film = make_pick_list(title="Ten"), make_film(title="M", year=1931)
    ballot = vote(picks, film)
    pick = weekly(0, film=film)
    assert str(ballot).endswith(": Ten")
    assert (str(ballot.choices.get()), str(pick)[:14]) == ("1. M (1931)", "M (1931), from")
    assert str(Pick(film=film)) == "M (1931)"
