"""Mail that a stranger can cause with somebody else's address has no word that the stranger has typed."""

import ast
import json
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as site_settings
from django.test import Client

from about import topics
from fans.models import Mail
from fans.outbox import build_message
from reelrequests import reader_actions
from reelrequests.models import ReelRequest
from tests.factories import make_contest, make_entry, make_fan, make_request, make_staff

ROOT = Path(site_settings.BASE_DIR)
HOSTILE = "YOU WON 5,000! http://evil.example/"
SIGNS_OF_HOSTILE = ("you won", "evil.example", "5,000")
VICTIM = "victim@example.com"


def kinds_of_unconfirmed_mail():
    """The first argument of every call of `unconfirmed_mail.enqueue`."""
    return {
        node.args[0].value
        for path in ROOT.glob("[!.]*/**/*.py")
        if path.relative_to(ROOT).parts[0] not in ("tests", "bench", "var")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "unconfirmed_mail.enqueue"
    }


def hostile_data(form, **known):
    """Hostile words for each text that this form takes; a choice is its first one, and a box is ticked."""
    data = {}
    for bound in form:
        field = bound.field
        if isinstance(field, forms.EmailField):
            data[bound.html_name] = VICTIM
        elif isinstance(field, forms.ModelChoiceField):
            data[bound.html_name] = str(field.prepare_value(field.queryset.first()))
        elif isinstance(field, forms.ChoiceField):
            data[bound.html_name] = str([value for value, _ in field.choices if value][0])
        elif isinstance(field, forms.CharField) and bound.html_name != "stamp":
            data[bound.html_name] = (HOSTILE * 20)[: field.max_length]
        else:
            data[bound.html_name] = bound.value() or "on"
    return data | known


def attack(path, page=None, **known):
    """Fill in the form of a page with hostile words, and send it to `path`."""
    client = Client(headers={"user-agent": HOSTILE, "referer": HOSTILE, "accept-language": HOSTILE})
    form = client.get(page or path).context["form"]
    response = client.post(path, hostile_data(form, **known), query_params={"title": HOSTILE})
    assert response.status_code == 302, response.context["form"].errors


def attack_every_form():
    """Send every public form with the victim's address."""
    contest, shown = make_contest(), make_request(title="Stalker")
    topics.create_defaults()
    attack(f"/contest/{contest.slug}/enter/", of_age="yes", rules="on")
    attack("/reel-requests/ask/", send_anyway="1")
    attack(f"/reel-requests/{shown.pk}/join/", f"/reel-requests/{shown.pk}/", website="")
    attack("/about/contact/")
    make_fan(VICTIM)
    attack("/my-data/", website="")
    make_staff(email=VICTIM)
    attack("/desk/password/")
    entered = make_contest()
    make_entry(entered, VICTIM)
    attack(f"/contest/{entered.slug}/enter/", of_age="yes", rules="on")


def leaks():
    """(kind, where) of every hostile word in mail to the victim, its headers, or what the outbox keeps for it."""
    found = set()
    for mail in Mail.objects.filter(to=VICTIM).exclude(mailbox=""):
        message = build_message(mail).message()
        texts = {
            "mail": message.as_string(),
            "body": message.get_content(),
            "context": json.dumps(mail.context),
        }
        for where, text in texts.items():
            if any(sign in text.lower() for sign in SIGNS_OF_HOSTILE):
                found.add((mail.kind, where))
    return found


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch):
    """Each kind of mail is to be sent, and no form is to be taken for that of a program."""
    monkeypatch.setattr("fans.unconfirmed_mail.PER_DAY", 100)
    monkeypatch.setattr("fans.unconfirmed_mail.PER_WEEK", 100)
    monkeypatch.setattr("fans.public_forms.PublicForm.spam_signals", lambda self, text: [])


def test_no_mail_that_a_stranger_can_cause_has_the_stranger_s_words(db):
    """Before, a request titled "YOU WON … http://…" went out under our name."""
    attack_every_form()
    unconfirmed = Mail.objects.exclude(mailbox="")

    assert {mail.kind for mail in unconfirmed} == kinds_of_unconfirmed_mail(), "every kind was sent"
    assert not Mail.objects.filter(to=VICTIM, mailbox="").exclude(kind__in=["contest/mail/receipt"]).exists()
    assert ReelRequest.objects.filter(title__startswith="YOU WON").exists(), "the words were taken in"
    assert leaks() == set()
    assert any("Stalker" in build_message(mail).body for mail in unconfirmed), (
        "what staff have shown is named"
    )


def test_a_title_in_the_mail_would_be_found(db, monkeypatch):
    """The control: the title of a request as it was typed."""
    monkeypatch.setattr(reader_actions, "_reviewed_title", lambda request: request.title)
    attack("/reel-requests/ask/", send_anyway="1")

    assert leaks() == {("reelrequests/mail/confirm", where) for where in ("mail", "body", "context")}


def test_a_template_that_prints_a_name_would_be_found(db, settings, tmp_path, monkeypatch):
    """The control: a template that greets by name, as anybody may have typed it."""
    (tmp_path / "contest/mail").mkdir(parents=True)
    (tmp_path / "contest/mail/confirm.txt").write_text("Hello {{ name }}\n{{ name }}, press the button.\n")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    contest = make_contest()
    attack(f"/contest/{contest.slug}/enter/", of_age="yes", rules="on")
    assert leaks() == set(), "the outbox does not keep the name for it"

    mail = Mail.objects.get()
    Mail.objects.update(context=mail.context | {"name": HOSTILE})
    assert ("contest/mail/confirm", "body") in leaks() and ("contest/mail/confirm", "mail") in leaks()
