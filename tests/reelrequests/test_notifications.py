"""Everybody who voted gets one mail when the piece is published: not earlier, and never twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cinemaclips.background_jobs import notify_requesters
from fans import outbox
from fans.models import Mail
from magazine.models import Article
from reelrequests import notifications, staff_actions
from reelrequests.models import Vote
from tests.factories import (
    make_album,
    make_contest,
    make_episode,
    make_interview,
    make_press_release,
    make_request,
    make_review,
    make_vote,
    tomorrow,
    yesterday,
)
from tests.outbox import deliver


def to_whom():
    return sorted(message.to[0] for message in deliver())


def link(request, piece):
    request.piece = piece
    staff_actions.save_changes(request, "Nora", timezone.now())


def notify(at=None):
    notifications.notify_due(at or timezone.now())


def test_everybody_gets_one_mail_when_the_piece_is_published(db):
    due = timezone.now().replace(microsecond=0) + timedelta(days=2)
    request = make_request(title="Stalker", votes=3)
    make_vote(request, browser="B")
    review = make_review(title="Into the zone", dek="A room.", verdict="", published_at=due)
    link(request, review)
    notify(due - timedelta(seconds=1))
    assert to_whom() == [] and request.public_status == "production"

    notify(due)
    assert to_whom() == ["fan0@example.com", "fan1@example.com", "fan2@example.com"]
    (first, *_) = mail.outbox
    assert first.subject == "You asked for it, and here it is"
    for part in ('"Stalker"', "Into the zone", "A room.", review.get_absolute_url(), "/reel-requests/leave/"):
        assert part in first.body
    assert "List-Unsubscribe" in first.extra_headers
    notify(due + timedelta(hours=1))
    assert len(deliver()) == 3


def test_no_mail_for_a_draft_an_embargoed_or_an_unlisted_piece(db):
    for fields in ({"published_at": None}, {"published_at": tomorrow()}, {"unlisted": True}):
        link(make_request(votes=1), make_review(**fields))
    notify()
    assert to_whom() == []


def test_without_the_published_filter_mails_would_leave_at_once(db, monkeypatch):
    """The negative control of the two tests before."""
    monkeypatch.setattr(
        "reelrequests.models.requests.ReelRequestQuerySet.to_notify",
        lambda requests, now: requests.filter(piece__isnull=False, notified_at__isnull=True),
    )
    link(make_request(votes=1), make_review(published_at=tomorrow()))
    notify()
    assert to_whom() == ["fan0@example.com"]


def test_a_published_piece_linked_later_is_mailed_by_the_next_job(db):
    request = make_request(votes=1)
    link(request, make_review())
    assert notify_requesters() is False
    assert to_whom() == ["fan0@example.com"] and request.public_status == "covered"


def test_a_request_covered_by_an_episode_is_on_air(db):
    request = make_request(votes=1)
    link(request, make_episode(title="The zone"))
    notify()
    assert request.public_status == "on-air" and len(deliver()) == 1


def test_two_requests_of_one_person_for_one_piece_are_one_mail(db):
    """Also months later, when the mail is no longer in the outbox."""
    piece = make_review()
    link(make_request(votes=2), piece)
    notify()
    deliver()
    Mail.objects.all().delete()
    late = make_request(votes=3)
    link(late, piece)
    notify()

    assert to_whom() == ["fan0@example.com", "fan1@example.com", "fan2@example.com"]


def test_linking_another_piece_notifies_of_the_new_piece_only(db):
    request, first, second = make_request(votes=1), make_review(title="Alpha"), make_review(title="Omega")
    link(request, first)
    notify()
    link(request, second)
    notify()
    link(request, first)
    notify()

    assert [("Alpha" in each.body, "Omega" in each.body) for each in deliver()] == [
        (True, False),
        (False, True),
    ]


def test_linking_another_piece_and_back_notifies_once_of_each(db):
    """The `Notification` stays with the vote after the mail has left the outbox."""
    request, first, second = make_request(votes=2), make_review(), make_review()
    for piece, heard in ((first, 2), (second, 2), (first, 0), (second, 0)):
        mail.outbox.clear()
        link(request, piece)
        notify()
        assert len(deliver()) == heard, piece
        Mail.objects.all().delete()
    late = make_vote(request, "late@example.com")
    link(request, first)
    notify()
    mail.outbox.clear()
    assert to_whom() == ["late@example.com"]
    assert str(late.notifications.get()) == f"{late}: {first}"


def test_a_piece_published_again_is_not_mailed_again(db):
    request, review = make_request(votes=1), make_review()
    link(request, review)
    notify()
    Article.objects.filter(pk=review.pk).update(published_at=None)
    Article.objects.filter(pk=review.pk).update(published_at=yesterday())
    link(request, review)
    notify()
    assert len(deliver()) == 1


def test_people_of_merged_requests_get_one_mail_each(db):
    big, small = make_request(votes=3), make_request(votes=2)
    make_vote(small, "new@example.com")
    link(staff_actions.merge([big, small], "Nora", timezone.now()), make_review())
    notify()
    assert to_whom() == [*(f"fan{n}@example.com" for n in range(3)), "new@example.com"]


def test_merging_into_a_covered_request_notifies_the_others(db):
    covered = make_request(votes=1)
    link(covered, make_review())
    notify()
    other = make_request()
    make_vote(other, "new@example.com")
    staff_actions.merge([covered, other], "Nora", timezone.now())
    notify()
    assert to_whom() == ["fan0@example.com", "new@example.com"]


def test_people_of_a_request_split_off_are_not_mailed(db):
    big, small = make_request(votes=3), make_request(title="Small")
    make_vote(small, "new@example.com")
    staff_actions.merge([big, small], "Nora", timezone.now())
    small.refresh_from_db()
    staff_actions.split(small, "Nora", timezone.now())
    big.refresh_from_db()
    link(big, make_review())
    notify()
    assert "new@example.com" not in to_whom() and len(deliver()) == 3


def test_a_withdrawn_vote_gets_no_mail(db, client):
    request = make_request(votes=2)
    client.post(f"/reel-requests/leave/{Vote.objects.get(email='fan1@example.com').withdraw_key}/")
    link(request, make_review())
    notify()
    assert to_whom() == ["fan0@example.com"]


def test_withdrawing_one_vote_withdraws_from_the_whole_merged_group(db, client):
    big, small = make_request(votes=2), make_request(votes=2)
    staff_actions.merge([big, small], "Nora", timezone.now())
    client.post(f"/reel-requests/leave/{small.votes.get(email='fan1@example.com').withdraw_key}/")
    big.refresh_from_db()
    assert big.vote_count == 1
    link(big, make_review())
    notify()
    assert to_whom() == ["fan0@example.com"]


def test_a_refused_mail_does_not_stop_the_others(db, monkeypatch):
    """A refusal is final for one mail; the others are sent, and staff can see which one failed."""
    from smtplib import SMTPRecipientsRefused

    send = outbox.mailers.default.__class__.send_messages

    def refuse(connection, messages):
        if messages[0].to == ["fan1@example.com"]:
            raise SMTPRecipientsRefused({"fan1@example.com": (550, b"no such user")})
        return send(connection, messages)

    monkeypatch.setattr(outbox.mailers.default.__class__, "send_messages", refuse)
    link(make_request(votes=3), make_review())
    notify()
    assert to_whom() == ["fan0@example.com", "fan2@example.com"]
    assert [each.to for each in Mail.objects.dead()] == ["fan1@example.com"]
    notify()
    assert len(deliver()) == 2


def test_an_interrupted_notification_leaves_nothing_half_done(db, monkeypatch):
    monkeypatch.setattr(notifications, "update_request_count", lambda piece: 1 / 0)
    request = make_request(votes=2)
    request.piece = make_review()
    request.save()
    with pytest.raises(ZeroDivisionError):
        notify()
    assert not Mail.objects.exists()
    monkeypatch.undo()
    notify()
    assert len(deliver()) == 2


def test_more_requests_than_one_batch_are_all_notified(db):
    for _ in range(notifications.BATCH_SIZE + 1):
        link(make_request(votes=1), make_review())
    assert notify_requesters() is True
    assert notify_requesters() is False
    assert len(deliver()) == notifications.BATCH_SIZE + 1


def test_planned_and_declined_requests_are_mailed(db):
    planned, declined = make_request(title="Soon", votes=1), make_request(title="Never", votes=1)
    planned.status, planned.planned_for = "planned", timezone.localdate().replace(year=2027, month=1, day=5)
    staff_actions.save_changes(planned, "Nora", timezone.now())
    declined.status, declined.reason = "declined", "It is lost."
    staff_actions.save_changes(declined, "Nora", timezone.now())
    soon, never = (each.body for each in deliver())

    assert '"Soon". It is planned: For 5 January 2027.' in soon and "It is lost." in never
    staff_actions.save_changes(planned, "Nora", timezone.now())
    planned.status = "production"
    staff_actions.save_changes(planned, "Nora", timezone.now())
    assert len(deliver()) == 2


def test_the_piece_shows_how_many_people_asked(db, client):
    piece = make_review(slug="zone")
    first, second = make_request(votes=3), make_request(votes=2)
    make_vote(second, "new@example.com")
    make_vote(second, browser="B")
    for request in (first, second):
        link(request, piece)

    assert "You asked for it: 4 of you" in client.get("/reviews/zone/").content.decode()
    for other in (make_interview(), make_episode(), make_contest(), make_press_release(), make_album()):
        link(make_request(votes=2), other)
        assert "You asked for it: 2 of you" in client.get(other.get_absolute_url()).content.decode()
    assert "You asked for it" not in client.get(make_review().get_absolute_url()).content.decode()
