"""Entering: form, mail, button and ticket. Each person has one ticket, also after double clicks and races."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from contest import entering, forms, opening
from contest.models import Contest, Entry
from contest.verify import ticket_of
from fans.models import Consent, Fan, Mail, RateLimitCounter
from fans.personal_data import export_all
from fans.public_forms import new_stamp
from tests.factories import make_contest, make_entry, make_question, make_quiz, make_region
from tests.outbox import deliver, link_in
from trivia import rulings
from trivia.models import Attempt, Question, Ruling

GIVEN = {"name": "Ana Moss", "email": "ana@example.com", "of_age": "yes", "rules": "on"}


@pytest.fixture
def contest(db):
    return make_contest()


@pytest.fixture
def send(client, monkeypatch):
    """Send the form as a person does, some time after opening it."""

    def send(contest, *, waited=10, by=client, stamp=None, **fields):
        stamp = stamp or stamp_of(by, contest)
        data = GIVEN | {"region": contest.regions.first().pk, "stamp": stamp} | fields
        now = time.time()
        with monkeypatch.context() as clock:
            clock.setattr("django.core.signing.time.time", lambda: now + waited)
            return by.post(
                f"/contest/{contest.slug}/enter/", {k: v for k, v in data.items() if v is not None}
            )

    return send


def stamp_of(client, contest):
    return client.get(f"/contest/{contest.slug}/enter/").context["form"]["stamp"].value()


def right_answers(client, contest):
    """The stamp of a form, and the right answers to its questions."""
    form = client.get(f"/contest/{contest.slug}/enter/").context["form"]
    chosen = {}
    for question in form.question_forms:
        name = next(name for name, option in question.options.items() if option.is_right)
        chosen[f"{question.prefix}-answer"] = name
    return form["stamp"].value(), chosen


def test_an_entry_from_form_to_receipt_needs_no_script(client, contest, send):
    assert send(contest).url == f"/contest/{contest.slug}/sent/"
    assert "Look into your mail" in client.get(f"/contest/{contest.slug}/sent/").content.decode()
    link = link_in(deliver()[0])
    assert not Entry.objects.confirmed().exists()

    page = client.get(link)
    assert "Enter me" in page.content.decode() and not Entry.objects.confirmed().exists()
    receipt = client.post(link).url
    entry = Entry.objects.get()
    shown = client.get(receipt).content.decode()
    assert entry.ticket == ticket_of(contest.draw_id, entry.salt, "ana@example.com")
    for part in (entry.ticket, entry.salt, entry.formatted_code, contest.draw_id, "ana@example.com"):
        assert part in shown
    assert len(entry.salt) == 32 and len(entry.code) == 12
    mailed = deliver()[1].body
    for part in (entry.ticket, entry.salt, entry.code, contest.draw_id, "Chances: 1", "sha256sum"):
        assert part in mailed
    assert entry.rules == contest.current_rules
    assert Fan.objects.get().email == "ana@example.com"


def test_the_form_asks_for_the_declared_fields_only(client, contest):
    form = client.get(f"/contest/{contest.slug}/enter/").context["form"]

    assert set(form.fields) == {
        "name", "email", "region", "of_age", "rules", "newsletter", "website", "stamp", "work",
    }  # fmt: skip
    assert form["newsletter"].value() is None or form["newsletter"].value() is False
    page = client.get(f"/contest/{contest.slug}/enter/").content.decode()
    assert "checked" not in page and "No purchase necessary" in page and "18 or older today" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "required"), ({"email": "ana@"}, "valid email"), ({"region": ""}, "required"),
        ({"region": "0"}, "valid choice"), ({"of_age": None}, "required"), ({"rules": None}, "without the rules"),
        ({"name": "a\0b"}, "Null characters"), ({"email": "Zoë@example.net"}, "valid email"),
        ({"name": "x" * 121}, "at most 120"),
    ],
)  # fmt: skip
def test_an_invalid_form_shows_errors_and_keeps_the_input(contest, send, fields, sentence):
    response = send(contest, **fields)
    body = response.content.decode()

    assert response.status_code == 422 and "You are not entered yet" in body and sentence in body
    assert "Ana Moss" in body or "name" in fields
    assert not Entry.objects.exists() and not Mail.objects.exists()


def test_a_region_of_another_contest_is_refused(contest, send):
    elsewhere = make_region("IE", "Ireland", "Ireland")

    assert send(contest, region=elsewhere.pk).status_code == 422


def test_under_age_nothing_is_stored(client, contest, send):
    stamp = stamp_of(client, contest)
    response = send(contest, of_age="no", stamp=stamp)

    assert response.status_code == 403 and "kept nothing" in response.content.decode()
    assert not Entry.objects.exists() and not Mail.objects.exists() and not RateLimitCounter.objects.exists()
    assert not Fan.objects.exists()


def test_under_age_a_second_try_in_this_browser_is_refused(client, contest, send):
    stamp = stamp_of(client, contest)
    send(contest, of_age="no", stamp=stamp)

    assert send(contest, stamp=stamp).status_code == 403
    assert client.get(f"/contest/{contest.slug}/enter/").status_code == 403
    assert not Entry.objects.exists()
    other = Client()
    assert send(contest, by=other).status_code == 302


def test_a_double_click_is_one_entry_and_one_mail(client, contest, send):
    stamp = stamp_of(client, contest)
    urls = {send(contest, stamp=stamp).url for _ in range(3)}

    assert urls == {f"/contest/{contest.slug}/sent/"}
    assert Entry.objects.count() == 1 and len(deliver()) == 1


def test_a_form_sent_again_with_another_address_is_another_entry(client, contest, send):
    """The browser shows the same form, with the same stamp, when the reader goes back."""
    stamp = stamp_of(client, contest)
    send(contest, stamp=stamp, email="anna@exmaple.com")
    send(contest, stamp=stamp, email="ana@example.com")

    assert [each.to for each in deliver()] == [["anna@exmaple.com"], ["ana@example.com"]]


def test_a_form_sent_again_with_the_newsletter_is_another_entry(client, contest, send):
    stamp = stamp_of(client, contest)
    send(contest, stamp=stamp)
    send(contest, stamp=stamp, newsletter="on")

    assert [entry.newsletter for entry in Entry.objects.order_by("pk")] == [False, True]


def test_two_forms_without_a_stamp_are_two_entries(contest, send):
    for email in ("ana@example.com", "bob@example.com"):
        send(contest, by=Client(), stamp=" ", email=email)

    assert Entry.objects.count() == 2


def test_two_tabs_give_the_same_receipt(client, contest, send):
    send(contest)
    send(contest)
    links = [link_in(each) for each in deliver()]
    receipts = {client.post(link).url for link in links for _ in range(2)}

    assert len(links) == 2 and len(receipts) == 1
    assert Entry.objects.confirmed().count() == 1


def test_known_and_unknown_addresses_get_the_same_response(contest, send):
    make_entry(contest, "ana@example.com")
    sent_before = len(deliver())
    known, unknown = (
        send(contest, by=Client(), email=each) for each in ("ANA@example.com", "bob@example.com")
    )

    assert (known.status_code, known.url, known.content) == (
        unknown.status_code,
        unknown.url,
        unknown.content,
    )
    subjects = {each.to[0]: each.subject for each in deliver()[sent_before:]}
    assert "receipt again" in subjects["ana@example.com"] and "one press" in subjects["bob@example.com"]


def test_the_receipt_is_mailed_again_once_a_day(contest, send):
    make_entry(contest, "ana@example.com")
    for _ in range(3):
        send(contest, by=Client())

    assert Mail.objects.filter(kind="contest/mail/receipt_again").count() == 1


def test_an_unconfirmed_entry_by_a_stranger_does_not_block_the_address(client, contest, send):
    """A stranger's unconfirmed entry with my address does not keep me from entering."""
    send(contest, by=Client(), name="A stranger")
    send(contest)
    client.post(link_in(deliver()[1]))

    assert Entry.objects.confirmed().get().name == "Ana Moss"


def test_one_address_gets_three_mails_a_day_and_always_the_same_response(contest, send):
    for _ in range(7):
        assert send(contest, by=Client()).status_code == 302

    assert len(deliver()) == 3 and Entry.objects.count() == 7


def test_the_database_holds_one_confirmed_entry_per_person(contest):
    make_entry(contest, "ana@example.com")
    twin = make_entry(contest, "other@example.com", confirmed=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=twin.pk).update(
            identity="ana@example.com", confirmed_at=timezone.now(), ticket="a" * 64
        )


def test_two_confirmations_at_once_make_one_ticket(contest):
    """Both requests have seen no confirmed entry; the second to write gets the receipt of the first."""
    one, two = (make_entry(contest, "ana@example.com", confirmed=False) for _ in "ab")
    pages = [entering.entry_from_token(entering.confirm_link(each).sign()) for each in (one, two, one)]

    assert {entering.confirm_entry(page, timezone.now()).pk for page in pages} == {one.pk}
    assert Entry.objects.confirmed().count() == 1
    assert Mail.objects.filter(kind="contest/mail/receipt").count() == 1


@pytest.mark.parametrize("token", ["forged", "MQ:1xVJPM:DqVnBtkKa", "a/b"])
def test_a_forged_link_is_a_404(client, db, token):
    assert client.get(f"/contest/confirm/{token}/").status_code == 404
    assert client.post(f"/contest/confirm/{token}/").status_code == 404


def test_a_link_to_a_deleted_entry_says_so(client, contest, send):
    send(contest)
    link = link_in(deliver()[0])
    Entry.objects.all().delete()

    assert "leads nowhere" in client.get(link).content.decode()


def test_a_confirmed_link_shows_the_receipt_again(client, contest, send):
    send(contest)
    link = link_in(deliver()[0])
    first = client.post(link).url

    assert "Show my receipt" in client.get(link).content.decode()
    assert client.post(link).url == first


def test_a_fan_known_to_the_browser_enters_without_a_mail(client, contest, send):
    make_entry(make_contest(), "ana@example.com")
    send(contest)
    client.post(link_in(deliver()[-1]))
    another = make_contest()
    assert client.get(f"/contest/{another.slug}/enter/").context["form"].initial["email"] == "ana@example.com"

    assert "/receipts/" in send(another).url
    assert send(another, email="bob@example.com").url.endswith("/sent/")


def test_consent_to_the_newsletter_is_recorded_with_its_wording(client, contest, send):
    send(contest, newsletter="on")
    assert not Consent.objects.exists()
    client.post(link_in(deliver()[0]))
    consent = Consent.objects.get()
    assert (consent.words, consent.source) == (entering.NEWSLETTER_CONSENT, f"Contest {contest.draw_id}")

    send(make_contest(), newsletter="on")
    assert Consent.objects.count() == 1
    make_entry(contest, "bob@example.com")
    assert Consent.objects.count() == 1


# Spam signals and rate limits


@pytest.mark.parametrize(
    ("how", "doubt"),
    [({"website": "x"}, "hidden field"), ({"waited": 1}, "three seconds"), ({"waited": 5 * 3600}, "four hours"),
     ({"stamp": "forged"}, "missing or forged")],
)  # fmt: skip
def test_an_entry_that_looks_like_a_program_is_kept_for_review(contest, send, how, doubt):
    assert send(contest, **how).status_code == 302

    assert doubt in Entry.objects.get().doubts


def test_too_many_entries_are_refused_and_the_form_keeps_its_text(contest, send):
    for number in range(20):
        assert send(contest, by=Client(), email=f"fan{number}@example.com").status_code == 302
    response = send(contest, by=Client(), email="late@example.com")

    assert response.status_code == 429
    assert "late@example.com" in response.content.decode()


def test_proof_of_work_triples_the_hourly_limit(client, contest, send):
    stamp = stamp_of(client, contest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "PROOF_OF_WORK_BITS", 4)
        for number in range(400):
            form = forms.EntryForm({"stamp": stamp, "work": str(number)}, request=None, contest=contest)
            if form.has_proof_of_work:
                break
        patch.setattr(forms.PublicForm, "throttle", lambda self: self.hourly_limit)
        assert form.throttle() == 60
        form.data["work"] = "no work at all"
        form.hourly_limit = 20
        assert form.throttle() == 20 or form.has_proof_of_work


def test_the_network_is_stored_as_a_hash_that_differs_by_contest(contest, send):
    send(contest)
    send(make_contest(), email="b@example.com")
    one, two = (entry.network_pseudonym for entry in Entry.objects.order_by("pk"))

    assert len(one) == 64 and one != two and "127.0.0.1" not in one


# Questions


@pytest.fixture
def asking(db):
    quiz = make_quiz(questions=[make_question(text=f"Number {n}?") for n in range(6)], published_at=None)
    return make_contest(question_set=quiz, eligibility="right", questions_per_entry=2)


def test_answers_are_marked_on_confirming_and_not_shown_before(client, asking, send):
    stamp, chosen = right_answers(client, asking)
    send(asking, stamp=stamp, **chosen)
    assert not Attempt.objects.exists()
    client.post(link_in(deliver()[0]))
    entry = Entry.objects.get()

    assert (entry.attempt.right_count, entry.attempt.question_count) == (2, 2)
    assert "counted when the list is frozen" in client.get(entry.receipt_url).content.decode()
    assert "counted when the list is frozen" in deliver()[1].body


def test_the_export_of_personal_data_has_the_answers_in_words(client, asking, send):
    stamp, chosen = right_answers(client, asking)
    send(asking, stamp=stamp, **chosen)
    (entry,) = export_all("ana@example.com")["contest entries"]

    asked = Question.objects.filter(pk__in=Entry.objects.get().answers).order_by("pk")
    right = [f"{each.text} {each.options.get(is_right=True).text}" for each in asked]
    assert entry["answers"] == "; ".join(right) and len(right) == 2


def test_a_missing_answer_shows_an_error(client, asking, send):
    response = send(asking)

    assert response.status_code == 422 and "Choose an answer" in response.content.decode()


def test_each_form_asks_its_own_questions_and_keeps_them_when_it_is_shown_again(client, asking, send):
    pages = [client.get(f"/contest/{asking.slug}/enter/").context["form"] for _ in range(12)]
    asked = {tuple(question.question.text for question in form.question_forms) for form in pages}
    assert len(asked) > 3 and all(len(each) == 2 for each in asked)

    back = send(asking, stamp=pages[0]["stamp"].value(), name="").context["form"]
    assert [each.question for each in back.question_forms] == [
        each.question for each in pages[0].question_forms
    ]
    assert [list(each.options) for each in back.question_forms] == [
        list(each.options) for each in pages[0].question_forms
    ]


def test_names_of_choices_reveal_nothing(client, asking):
    names = {
        name
        for _ in range(4)
        for question in client.get(f"/contest/{asking.slug}/enter/").context["form"].question_forms
        for name in question.options
    }
    pks = {str(option.pk) for question in asking.question_set.questions for option in question.options.all()}

    assert not names & pks and all(len(name) == 16 for name in names)


def test_a_ruling_scores_open_entries_anew(client, asking, send):
    """A contest's answers are attempts, so rulings reach them."""
    stamp, chosen = right_answers(client, asking)
    send(asking, stamp=stamp, **chosen)
    client.post(link_in(deliver()[0]))
    question = Entry.objects.get().attempt.answers.first().question
    ruling = Ruling.objects.create(question=question, verdict="void", reason="It was ambiguous.")
    rulings.apply(ruling)

    attempt = Attempt.objects.get()
    assert (attempt.right_count, attempt.question_count) == (1, 1)


def test_a_question_retired_in_the_meantime_does_not_count(client, asking, send):
    stamp, chosen = right_answers(client, asking)
    send(asking, stamp=stamp, **chosen)
    gone = next(iter(Entry.objects.get().answers))
    asking.question_set.questions.filter(pk=gone).update(status="retired")
    client.post(link_in(deliver()[0]))

    assert (Attempt.objects.get().right_count, Attempt.objects.get().question_count) == (1, 1)


# The clock


@pytest.fixture
def set_clock(monkeypatch):
    """Sets the current time for the pages of entering."""

    def set_clock(moment):
        monkeypatch.setattr("contest.views.entering.timezone.now", lambda: moment)

    return set_clock


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("when", "status"),
    [
        (lambda contest: contest.opens_at - SECOND, 409), (lambda contest: contest.opens_at, 302),
        (lambda contest: contest.closes_at - SECOND, 302), (lambda contest: contest.closes_at, 409),
        (lambda contest: contest.closes_at + SECOND, 409),
    ],
)  # fmt: skip
def test_the_contest_closes_to_the_second_by_the_server_s_clock(contest, send, set_clock, when, status):
    set_clock(when(contest))

    assert send(contest, stamp="any").status_code == status
    assert Entry.objects.count() == (status == 302)


def test_a_form_begun_in_time_and_sent_late_is_refused_with_an_explanation(client, contest, send, set_clock):
    stamp = stamp_of(client, contest)
    set_clock(contest.closes_at + timedelta(minutes=3))
    later = contest.closes_at.timestamp() + 180 - time.time()
    response = send(contest, stamp=stamp, waited=later)

    assert response.status_code == 409
    assert "You began in time, and we are sorry" in response.content.decode()
    assert not Entry.objects.exists()
    forged = send(contest, stamp="forged", waited=later).content.decode()
    assert "You began in time" not in forged and "after the contest had closed" in forged


def test_a_form_opened_after_the_close_did_not_begin_in_time(db, client):
    contest = make_contest(
        opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(hours=1)
    )
    page = client.post(f"/contest/{contest.slug}/enter/", GIVEN | {"stamp": new_stamp()}).content.decode()
    assert "You began in time" not in page


def test_before_and_after_the_contest_the_form_page_says_when(client, db):
    now = timezone.now()
    coming = make_contest(opens_at=now + timedelta(hours=2))
    over = make_contest(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))

    assert "Not open yet" in client.get(f"/contest/{coming.slug}/enter/").content.decode()
    assert "It closed" in client.get(f"/contest/{over.slug}/enter/").content.decode()


def test_an_entry_sent_in_time_can_be_confirmed_for_a_day(client, contest, send, set_clock):
    send(contest)
    link = link_in(deliver()[0])
    set_clock(contest.confirm_by - SECOND)
    assert "/receipts/" in client.post(link).url


def test_after_the_deadline_a_second_tab_still_shows_the_receipt(client, contest, send, set_clock):
    send(contest)
    send(contest)
    first, second = (link_in(each) for each in deliver())
    receipt = client.post(first).url
    set_clock(contest.confirm_by)

    assert client.post(second).url == receipt


def test_a_late_confirmation_is_refused_with_an_explanation(client, contest, send, set_clock):
    send(contest)
    link = link_in(deliver()[0])
    set_clock(contest.confirm_by)

    assert "Too late, sadly" in client.get(link).content.decode()
    assert client.post(link).status_code == 409
    assert not Entry.objects.confirmed().exists()


@pytest.mark.parametrize(
    ("zone", "closes", "instant"),
    [
        ("America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00+00:00"),
        ("America/New_York", "2026-11-01T01:30:00 again", "2026-11-01T06:30:00+00:00"),
        ("Europe/London", "2027-03-28T00:59:59", "2027-03-28T00:59:59+00:00"),
        ("Europe/London", "2027-03-28T02:00:00", "2027-03-28T01:00:00+00:00"),
    ],
)  # fmt: skip
def test_clock_changes_do_not_move_opening_or_close(db, zone, closes, instant):
    """Times are stored in UTC; the zone is only used to print them."""
    wall = datetime.fromisoformat(closes[:19]).replace(tzinfo=ZoneInfo(zone), fold=closes.endswith("again"))
    at = wall.astimezone(UTC)
    contest = make_contest(opened=False, zone=zone, opens_at=at - timedelta(days=2), closes_at=at)

    assert contest.closes_at.isoformat() == instant
    assert contest.closes_at_local == wall and contest.closes_at_local.isoformat()[:19] == closes[:19]
    assert contest.is_open_at(at - SECOND) and not contest.is_open_at(at)


def test_a_cached_form_takes_no_entry_after_the_close(client, db, page_cache_on):
    """No cache stores the form, and the server's clock decides when the contest is closed."""
    contest = make_contest()
    response = client.get(f"/contest/{contest.slug}/enter/")

    assert "no-store" in response.headers["Cache-Control"]


def test_a_draft_takes_no_entry(client, db, send):
    contest = make_contest()
    stamp = stamp_of(client, contest)
    Contest.objects.update(published_at=None)

    assert send(contest, stamp=stamp).status_code == 404


def test_the_first_entry_records_an_opening_that_the_worker_has_not(client, db, send):
    contest = make_contest(opened=False)
    opening.record_published_rules(contest, timezone.now())
    send(contest)

    assert contest.audit_log.filter(kind="opened").exists()
    assert Entry.objects.get().rules.sha256 == contest.audit_log.get(kind="opened").payload["rules"]
