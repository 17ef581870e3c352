"""Requests, guesses and rounds at the desk: bulk actions, the form, and refusals with their reason."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reelrequests import staff_actions
from reelrequests.models import Guess, ReelRequest, TrustedAddress
from tests.factories import make_film, make_request, make_review, make_round, make_staff, make_vote
from tests.outbox import deliver
from tests.reelrequests.test_staff_actions import make_guess

BOARD, GUESSES = "/desk/reelrequests/reelrequest/", "/desk/reelrequests/guess/"


@pytest.fixture
def editor(client, db):
    client.force_login(make_staff("editor"))
    return client


def act(client, path, action, rows):
    page = client.post(path, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


def change(client, request, **fields):
    """The data of the change form, with these fields changed."""
    path = reverse("admin:reelrequests_reelrequest_change", args=[request.pk])
    form = client.get(path).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    data |= {"steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0} | fields
    return client.post(path, data, follow=True)


def test_bulk_actions_show_plan_and_mark_spam(editor):
    waiting = [make_request(title=f"R{n}", shown=False) for n in range(3)]
    assert "Show to readers: 3." in act(editor, BOARD, "show", waiting)
    assert ReelRequest.objects.shown().count() == 3
    act(editor, BOARD, "mark_spam", waiting[:1])
    act(editor, BOARD, "plan", waiting[1:2])
    act(editor, BOARD, "produce", waiting[2:])
    act(editor, BOARD, "assign_to_me", waiting[2:])

    assert [each.moderation for each in ReelRequest.objects.order_by("pk")] == ["spam", "shown", "shown"]
    assert [each.status for each in ReelRequest.objects.order_by("pk")] == ["new", "planned", "production"]
    assert ReelRequest.objects.get(pk=waiting[2].pk).assigned_to.username


def test_merge_and_split_actions(editor):
    big, small = make_request(title="Big", votes=2), make_request(votes=1)
    assert "Merged into Big, with 2 people." in act(editor, BOARD, "merge", [big, small])
    assert "two requests at least" in act(editor, BOARD, "merge", [big])
    assert "Undo the merge: 1." in act(editor, BOARD, "split", [small])
    assert "part of no other" in act(editor, BOARD, "split", [small])


def test_trust_action(editor):
    known, unknown = make_request(votes=1), make_request()
    assert "Trusted: 1. Without a confirmed address: 1." in act(editor, BOARD, "trust", [known, unknown])
    assert TrustedAddress.objects.get().email == "fan0@example.com"
    assert str(TrustedAddress.objects.get()) == "fan0@example.com"


def test_linking_a_piece_in_the_form_notifies_when_it_is_published(editor):
    request, review = make_request(votes=2), make_review(title="Into the zone")
    change(editor, request, piece=review.pk)
    request.refresh_from_db()
    assert (request.piece.title, request.public_status) == ("Into the zone", "covered")
    assert [step.kind for step in request.steps.all()] == ["shown", "production"]


def test_declining_needs_a_reason(editor):
    request = make_request(votes=1)
    page = change(editor, request, status="declined")
    assert "Say why, in a sentence" in page.content.decode()
    change(editor, request, status="declined", reason="It is lost.")
    request.refresh_from_db()
    assert request.status == "declined" and "It is lost." in deliver()[0].body


def test_the_change_list_can_be_filtered(editor):
    on_disc = make_film()
    on_disc.releases.create(format="dvd")
    make_request(title="On disc", film=on_disc)
    make_request(title="Covered", piece=make_review())
    for query, title in (
        ("?disc=yes", "On disc"),
        ("?status=covered", "Covered"),
        ("?moderation__exact=shown", "On disc"),
    ):
        body = editor.get(f"{BOARD}{query}").content.decode()
        assert title in body, query
    assert "Covered" not in editor.get(f"{BOARD}?disc=yes").context["cl"].queryset.values_list(
        "title", flat=True
    )


def test_the_change_list_shows_what_a_decision_needs(editor):
    """A row of the list shows the reason, why a request is hidden, and how many people want it."""
    head = make_request(title="Stalker <b>", why="Because " * 40, film=make_film(title="Stalker"))
    ReelRequest.objects.filter(pk=head.pk).update(
        planned_for="2027-01-07", assigned_to=make_staff(first_name="Nora")
    )
    make_vote(head)
    make_vote(head, browser="one of chance")
    staff_actions.merge([head, make_request(title="Stalker, the film")], "Nora", timezone.now())
    make_request(title="Buy this", shown=False, held_for="Three links.")
    page = " ".join(editor.get(BOARD).content.decode().split())

    for text in (
        'Stalker &lt;b&gt; <span class="beneath">Because Because', "Because…</span>", ">A film: Stalker (",
        ">1 + 1</td>", ">Merged into Stalker &lt;b&gt;</td>", ">Waiting for review: Three links.</td>",
        ">7 Jan 2027, Nora</td>",
        f">{timezone.localtime():%-d %b %Y}</td>",
    ):  # fmt: skip
        assert text in page, text


def test_staff_cannot_add_requests_or_guesses(editor):
    assert editor.get(f"{BOARD}add/").status_code == editor.get(f"{GUESSES}add/").status_code == 403


def test_guess_actions(editor):
    reel_request = make_request(kind="riddle", title="Clocks")
    first, second = make_guess(reel_request), make_guess(reel_request)
    act(editor, GUESSES, "show_guess", [first])
    act(editor, GUESSES, "accept_guess", [first])
    assert "accepted already" in act(editor, GUESSES, "accept_guess", [second])
    assert "cannot be spam" in act(editor, GUESSES, "mark_guess_spam", [first])
    assert editor.get(f"{GUESSES}{first.pk}/change/").status_code == 200
    assert list(Guess.objects.filter(is_accepted=True)) == [first]


def test_a_round_is_created_at_the_desk(editor):
    assert editor.get("/desk/reelrequests/round/add/").status_code == 200
    voting_round = make_round(make_request(), title="May")
    assert editor.get(f"/desk/reelrequests/round/{voting_round.pk}/change/").status_code == 200
    assert str(voting_round) == "May"


def test_the_desk_shows_no_email_address_of_a_voter(editor):
    request = make_request(votes=1)
    body = editor.get(f"{BOARD}{request.pk}/change/").content.decode()
    assert "fan0@example.com" not in body and "Asked for" in body


def test_contributors_may_view_requests_and_not_change_them(client, db):
    client.force_login(make_staff("contributor"))
    request = make_request(title="Stalker", shown=False)
    body = client.get(BOARD).content.decode()
    assert "Stalker" in body and "Show to readers" not in body
    client.post(BOARD, {"action": "show", "_selected_action": [request.pk]})
    assert not ReelRequest.objects.shown().exists()
    assert client.get(GUESSES).status_code == 403


def test_str_of_every_model(db):
    request = make_request(title="Stalker", votes=1)
    make_vote(request, browser="B")
    assert [str(each) for each in request.votes.order_by("pk")] == [
        "fan0@example.com: Stalker",
        "A browser: Stalker",
    ]
    assert str(request.words.get()) == "stalker" and str(request.steps.get()) == "Asked for"
    assert str(make_guess(request)) == "Rebecca"
    staff_actions.show(request, "", timezone.now())
