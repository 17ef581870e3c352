"""Mail to addresses that anybody may have typed: three a day and six a week to a mailbox, across all forms."""

import ast
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone

from cinemaclips.environment import whole_number
from fans import unconfirmed_mail
from fans.email_addresses import mailbox_of
from fans.models import Mail, MailQueue
from fans.public_forms import new_stamp
from fans.unconfirmed_mail import PER_DAY, PER_WEEK
from tests.factories import make_contest, make_fan, make_request, make_staff
from tests.outbox import deliver

KIND, HOUR, DAY = "fans/mail/login_link", timedelta(hours=1), timedelta(days=1)


def ask(number, now, to="ana@example.com"):
    unconfirmed_mail.enqueue(KIND, to, now, key=f"mail {number}", context={"token": "x"})


def times(now):
    """When the mails go out, in hours from `now`."""
    return [round((mail.not_before - now) / HOUR) for mail in Mail.objects.order_by("not_before", "pk")]


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        ("Ana@Example.com", "ana@example.com"),
        ("ana+film+1@example.com", "ana@example.com"),
        ("a.n.a@example.com", "a.n.a@example.com"),
        ("A.n.a+x@gmail.com", "ana@gmail.com"),
        ("ana@googlemail.com", "ana@gmail.com"),
        ("ana@me.com", "ana@icloud.com"),
        ("ana+x@pm.me", "ana@proton.me"),
        ("+ana@example.com", "+ana@example.com"),
        ('"a@b+c"@example.com', '"a@b@example.com'),
    ],
)
def test_all_spellings_of_a_mailbox_are_folded(email, mailbox):
    assert mailbox_of(email) == mailbox


def test_three_mails_go_out_a_day_and_the_next_three_wait(db):
    now = timezone.now()
    for number in range(10):
        ask(number, now)

    assert times(now) == [0, 0, 0, 24, 24, 24], "and what is over the week's budget is not sent"
    assert len(deliver()) == PER_DAY


def test_no_day_has_more_than_three_and_no_week_more_than_six(db):
    """A program asks every hour for a month, whatever the clock says."""
    start = timezone.now()
    for hour in range(24 * 30):
        ask(hour, start + hour * HOUR)
    at = times(start)

    assert len(at) > PER_WEEK
    for window, most in ((24, PER_DAY), (24 * 7, PER_WEEK)):
        busiest = max(sum(begin <= each < begin + window for each in at) for begin in at)
        assert busiest == most


def test_an_old_budget_is_free_again(db):
    now = timezone.now()
    for number in range(6):
        ask(number, now - 8 * DAY)
    ask(7, now)

    assert times(now)[-1] == 0


def test_the_same_mail_twice_counts_once(db):
    for _ in range(9):
        ask(1, timezone.now())
    ask(2, timezone.now())

    assert [mail.key for mail in Mail.objects.order_by("pk")] == ["mail 1", "mail 2"]


def test_the_outbox_keeps_a_pseudonym_of_the_mailbox(db):
    ask(1, timezone.now(), "a.na+1@gmail.com")
    ask(2, timezone.now(), "ana@gmail.com")
    ask(3, timezone.now(), "ben@gmail.com")
    one, two, other = (mail.mailbox for mail in Mail.objects.order_by("pk"))

    assert one == two != other and len(one) == 64 and "ana" not in one


def post(form, number, email):
    """Send one of our public forms from a network of its own."""
    client = Client(REMOTE_ADDR=f"10.{number}.0.7")
    if form == "contest":
        contest = make_contest()
        path = f"/contest/{contest.slug}/enter/"
        data = {"name": "X", "region": contest.regions.first().pk, "of_age": "yes", "rules": "on"}
    elif form == "vote":
        path, data = f"/reel-requests/{make_request().pk}/join/", {}
    elif form == "request":
        path, data = "/reel-requests/ask/", {"kind": "film", "title": f"Film {number}", "send_anyway": "1"}
    else:
        path, data = "/my-data/", {}
    return client.post(path, data | {"email": email, "stamp": new_stamp()}).status_code


FORMS = ["contest", "vote", "request", "my data"]


@pytest.fixture
def later_forms(monkeypatch):
    """Forms are read some seconds after they were opened, as a person does."""
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now)
    stamp = new_stamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 10)
    monkeypatch.setitem(globals(), "new_stamp", lambda: stamp)


def test_the_budget_is_shared_by_all_forms_whatever_network_asks(db, later_forms):
    make_fan("ana@gmail.com")
    spellings = ["ana@gmail.com", "a.na@gmail.com", "ana+1@googlemail.com", "an.a+2@gmail.com"]
    for number in range(16):
        form = FORMS[number % 4]
        email = "ana@gmail.com" if form == "my data" else spellings[number // 4]
        assert post(form, number, email) == 302, "the visitor sees the same page"

    kinds = [mail.kind for mail in Mail.objects.order_by("pk")]
    assert len(deliver()) == PER_DAY and len(kinds) == PER_WEEK
    assert set(kinds) == {"contest/mail/confirm", "reelrequests/mail/confirm", KIND}


def test_without_folding_every_spelling_would_have_its_own_budget(db, later_forms, monkeypatch):
    """The control of the test before."""
    monkeypatch.setattr(unconfirmed_mail, "mailbox_of", lambda email: email)
    for number in range(8):
        post("contest", number, f"ana+{number}@gmail.com")

    assert len(deliver()) == 8


# Modules that enqueue mail outside the budget → why that mail is no answer to what anybody can type.
OUTSIDE_THE_BUDGET = {
    "about/letter_forwarding.py": "to the mailbox of a topic, which staff have set",
    "cinemaclips/error_reports.py": "to the owner, whose address is a setting",
    "cinemaclips/sign_in.py": "to staff, after a sign-in or a change of the password",
    "contest/awarding.py": "to winners, who have confirmed",
    "contest/entering.py": "the receipt, in answer to the button behind a mailed link",
    "contest/freezing.py": "to entrants, who have confirmed",
    "reelrequests/notifications.py": "to confirmed votes",
    "fans/models/outbox.py": "the outbox itself",
    "fans/unconfirmed_mail.py": "the budget itself",
}


def calls_of_enqueue(source):
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("enqueue")
        and ast.unparse(node) != "unconfirmed_mail.enqueue"
    ]


def test_every_other_module_enqueues_mail_within_the_budget():
    root = Path(site_settings.BASE_DIR)
    outside = {
        str(path.relative_to(root))
        for path in root.glob("[!.]*/**/*.py")
        if path.relative_to(root).parts[0] not in ("tests", "bench", "var")
        and calls_of_enqueue(path.read_text())
    }

    assert outside == set(OUTSIDE_THE_BUDGET)
    assert calls_of_enqueue("Mail.objects.enqueue('x')") and not calls_of_enqueue(
        "unconfirmed_mail.enqueue()"
    )


# The limit of the whole site


@pytest.fixture
def two_an_hour(settings):
    settings.UNCONFIRMED_MAILS_PER_HOUR = 2


def test_what_is_over_the_site_s_hourly_limit_waits_and_is_not_lost(
    db, two_an_hour, monkeypatch, caplog, client
):
    now = timezone.now()
    for number in range(5):
        ask(number, now, f"fan{number}@example.com")
    Mail.objects.enqueue(KIND, "winner@example.com", key="other", context={"token": "x"})
    assert [each.to[0] for each in deliver()] == [
        "fan0@example.com",
        "fan1@example.com",
        "winner@example.com",
    ]
    for _ in range(3):
        deliver()
    assert len([1 for record in caplog.records if record.levelname == "ERROR"]) == 1
    assert "More than 2 mails an hour" in caplog.text

    client.force_login(make_staff("editor"))
    page = client.get("/desk/").content.decode()
    assert "More mail is asked for than we send in an hour" in page and "3 mails wait." in page
    for hours, sent in ((1.01, 5), (2.02, 6)):
        monkeypatch.setattr(timezone, "now", lambda passed=hours * HOUR: now + passed)
        assert len(deliver()) == sent
    assert not Mail.objects.unsent().exists()
    assert "More mail is asked for" not in client.get("/desk/").content.decode()


def test_mail_that_another_worker_sends_counts_for_the_limit(db, two_an_hour):
    now = timezone.now()
    for number in range(3):
        ask(number, now, f"fan{number}@example.com")
    Mail.objects.filter(key="mail 0").update(lease_until=now + HOUR, leased_by="another worker")

    assert [each.to[0] for each in deliver()] == ["fan1@example.com"]
    assert MailQueue.objects.get().limited_at


def test_a_paused_queue_is_tried_as_soon_as_the_limit_allows(db, two_an_hour):
    now = timezone.now()
    for number in range(3):
        ask(number, now, f"fan{number}@example.com")
    deliver()
    MailQueue.objects.pause("It was down.", now)
    MailQueue.objects.try_again(now)
    assert len(deliver()) == 2 and MailQueue.objects.get().retry_at <= timezone.now()

    Mail.objects.filter(sent_at__isnull=False).update(sent_at=now - HOUR)
    assert len(deliver()) == 3 and MailQueue.objects.get().paused_at is None


def test_a_limit_that_is_no_number_ends_the_program_with_a_sentence(monkeypatch):
    for wrong in ("many", "-1", "0", "", "1.5"):
        monkeypatch.setenv("UNCONFIRMED_MAILS_PER_HOUR", wrong)
        with pytest.raises(SystemExit, match="UNCONFIRMED_MAILS_PER_HOUR must be a whole number"):
            whole_number("UNCONFIRMED_MAILS_PER_HOUR", 1_000)
    monkeypatch.setenv("UNCONFIRMED_MAILS_PER_HOUR", "50")
    assert whole_number("UNCONFIRMED_MAILS_PER_HOUR", 1_000) == 50
