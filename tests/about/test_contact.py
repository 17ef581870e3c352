"""Letters: every valid one is saved, suspected spam is held, each is forwarded once, and there is a limit."""

import time

import pytest
from django.core import mail

from about import topics
from about.letter_forwarding import forward_letters as enqueue_letters
from about.models import Letter, Topic
from fans import public_forms
from fans.models import Mail
from tests.factories import make_staff
from tests.outbox import deliver


def forward_letters():
    enqueue_letters()
    deliver()


WORDS = "Your review of “M” says 1930.\nIt was 1931."


@pytest.fixture
def post(client, db, monkeypatch):
    """Open the form, wait, and send it, as a reader does."""
    topics.create_defaults()

    def send(*, waited=10, **fields):
        page = client.get("/about/contact/")
        stamp = page.context["form"]["stamp"].value()
        now = time.time()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + waited)
        data = {
            "topic": "corrections",
            "text": WORDS,
            "name": "Ana",
            "email": "ana@example.com",
            "stamp": stamp,
        }
        response = client.post("/about/contact/", data | fields)
        monkeypatch.undo()
        return response

    return send


def test_a_letter_is_saved_and_forwarded(client, post):
    assert post(page="/reviews/m/").url == "/about/contact/thanks/"
    letter = Letter.objects.get()
    assert (letter.state, letter.text, letter.topic.slug) == ("new", WORDS, "corrections")

    forward_letters()
    (sent,) = mail.outbox
    assert sent.to == [Topic.objects.get(slug="corrections").forward_to]
    assert sent.reply_to == ["ana@example.com"] and WORDS in sent.body and "/reviews/m/" in sent.body
    assert Mail.objects.get().key == f"letter {letter.pk}"
    forward_letters()
    assert len(mail.outbox) == 1


def test_name_and_email_are_optional(post):
    assert post(name="", email="").status_code == 302
    forward_letters()
    assert mail.outbox[0].reply_to == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"website": "http://spam.example"}, "hidden field"),
        ({"waited": 1}, "three seconds"),
        ({"waited": 5 * 3600}, "four hours"),
        ({"stamp": "forged"}, "missing or forged"),
        ({"stamp": ""}, "missing or forged"),
        ({"text": "http://a http://b https://c"}, "many links"),
    ],
)
def test_a_letter_that_looks_like_spam_is_held_and_not_dropped(post, fields, reason):
    assert post(**fields).url == "/about/contact/thanks/"

    letter = Letter.objects.get()
    assert letter.state == "held" and reason in letter.hold_reason
    forward_letters()
    assert mail.outbox == []


def test_staff_can_release_a_held_letter(client, post):
    post(website="x")
    client.force_login(make_staff("editor"))
    letter = Letter.objects.get()
    client.post("/desk/about/letter/", {"action": "release", "_selected_action": letter.pk})
    forward_letters()
    assert len(mail.outbox) == 1

    for action, state in (("mark_spam", "spam"), ("mark_answered", "answered")):
        client.post("/desk/about/letter/", {"action": action, "_selected_action": letter.pk})
        assert Letter.objects.get().state == state
    assert client.get("/desk/about/letter/add/").status_code == 403


def test_a_double_click_is_one_letter(client, db):
    topics.create_defaults()
    stamp = client.get("/about/contact/").context["form"]["stamp"].value()
    for _ in range(2):
        response = client.post("/about/contact/", {"topic": "other", "text": "Hello", "stamp": stamp})
        assert response.url == "/about/contact/thanks/"

    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Something else"},
        {"topic": "links"},
        {"name": "Bob"},
        {"email": "bob@example.com"},
        {"page": "/reviews/m/"},
    ],
)
def test_other_words_with_the_same_stamp_are_another_letter(client, db, changed):
    topics.create_defaults()
    stamp = client.get("/about/contact/").context["form"]["stamp"].value()
    first = {"topic": "other", "text": "Hello", "name": "Ana", "email": "ana@example.com", "stamp": stamp}
    for data in (first, first | changed, first, first | changed):
        assert client.post("/about/contact/", data).url == "/about/contact/thanks/"

    assert Letter.objects.count() == 2
    letter = Letter.objects.order_by("pk").last()
    assert (
        changed.items()
        <= {
            "text": letter.text,
            "topic": letter.topic.slug,
            "name": letter.name,
            "email": letter.email,
            "page": letter.page,
        }.items()
    )


def test_too_many_letters_are_refused_and_the_form_keeps_its_text(client, post):
    for number in range(6):
        assert post(text=f"Letter {number}").status_code == 302
    response = post(text="One more")

    assert response.status_code == 429
    assert "One more" in response.content.decode() and "send them again later" in response.content.decode()
    assert Letter.objects.count() == 6


def test_the_limit_applies_to_each_network(client, post, settings):
    settings.TRUSTED_PROXIES = 1
    for _ in range(7):
        last = post()
    assert last.status_code == 429
    client.defaults["HTTP_X_FORWARDED_FOR"] = "198.51.100.7"
    assert post().status_code == 302


@pytest.mark.parametrize(
    "fields",
    [{"text": ""}, {"topic": "none"}, {"email": "no address"}, {"text": "x" * 5001}, {"name": "x\0y"}],
)
def test_an_invalid_form_shows_errors_and_keeps_the_input(post, fields):
    response = post(**fields)
    body = response.content.decode()

    assert response.status_code == 422
    assert "has not been sent yet" in body and "invalid-feedback" in body
    assert "Ana" in body or "name" in fields
    assert Letter.objects.count() == 0


def test_a_line_break_in_a_name_puts_no_header_into_a_mail(post):
    post(name="Ana\r\nBcc: all@example.com")
    forward_letters()

    (sent,) = mail.outbox
    assert "Bcc" not in sent.subject and "all@example.com" not in str(sent.recipients())


def test_the_form_is_filled_from_the_query_string(client, db):
    topics.create_defaults()
    page = client.get("/about/contact/?topic=links&page=/links/").content.decode()

    assert '<option value="links" selected>' in page and 'value="/links/"' in page


def test_people_cannot_reach_the_honeypot_field(client, db):
    page = client.get("/about/contact/").content.decode()
    trap = page[
        page.index(
            'aria-hidden="true" class="beyond"' if 'aria-hidden="true" class="beyond"' in page else "beyond"
        ) :
    ]

    assert 'tabindex="-1"' in trap and 'autocomplete="off"' in trap


def test_every_letter_is_forwarded(post, monkeypatch):
    monkeypatch.setattr(public_forms.PublicForm, "throttle", lambda self: False)
    for number in range(7):
        post(text=f"Letter {number}")
    forward_letters()

    assert len(mail.outbox) == 7


def test_topics_that_staff_have_changed_stay(db):
    Topic.objects.create(name="Ours", slug="ours", forward_to="x@example.com")
    topics.create_defaults()

    assert Topic.objects.count() == 1


def test_default_topics_forward_to_the_site_s_host(db, settings):
    settings.SITE_HOST = "magazine.example"
    topics.create_defaults()

    topic = Topic.objects.get(slug="other")
    assert (topic.forward_to, str(topic)) == ("letters@magazine.example", "Something else")
    assert str(Letter(topic=topic)) == "Something else, from a reader"
