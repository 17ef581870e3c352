"""Every cell of docs/rights.md, tried at the desk: role × model × act × state."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from about.models import Letter, Topic
from cinemaclips.management.commands import draw_rights
from cinemaclips.models import ErrorGroup
from cinemaclips.rights_table import ACTS, rights_document, rights_table
from contest.models import Exclusion, Threshold
from fans.models import Consent, Mail
from links.models import Link
from magazine.models import Article, Byline
from magazine.roles import ROLES
from picks.models import Ballot
from redirects.models import Redirect
from reelrequests.models import TrustedAddress
from tests.factories import (
    make_contributor,
    make_fan,
    make_film,
    make_photo,
    make_staff,
    tomorrow,
    yesterday,
)
from tests.test_every_page import magazine  # noqa: F401 - a fixture
from trivia.models import Flag, Puzzle, Question


def bear_name(row, contributor):
    """Make the piece one of this contributor, or of somebody else."""
    row.bylines.all().delete()
    Byline.objects.create(article=row, contributor=contributor)


def set_time(piece, time):
    Article.objects.filter(pk=piece.pk).update(published_at=time, embargo_until=None)


def own_draft(row, own):
    set_time(row, None)
    bear_name(row, own)
    return row


def draft_of_others(row, own):
    set_time(row, None)
    bear_name(row, make_contributor())
    return row


def scheduled(row, own):
    bear_name(row, own)
    set_time(row, tomorrow())
    return row


def unseen_photo(row, own):
    return make_photo()


def shown_photo(row, own):
    return make_film(poster=make_photo()).poster


def as_it_is(row, own):
    return row


def own_ballot(row, own):
    set_time(row.list, None)
    Ballot.objects.filter(pk=row.pk).update(contributor=own)
    return row


def ballot_of_others(row, own):
    Ballot.objects.filter(pk=row.pk).update(contributor=make_contributor())
    set_time(row.list, None)
    return row


def ballot_that_is_out(row, own):
    Ballot.objects.filter(pk=row.pk).update(contributor=own)
    set_time(row.list, yesterday())
    return row


BRING_ABOUT = {
    "": as_it_is,
    "own draft": own_draft,
    "draft of others": draft_of_others,
    "scheduled or out": scheduled,
    "no reader sees it": unseen_photo,
    "readers see it": shown_photo,
    "own, on a draft": own_ballot,
    "of others": ballot_of_others,
    "on a list that is out": ballot_that_is_out,
}
# Contests that entries have been sent for are protected from everybody; a model that has no row here is made.
MADE = {
    "ErrorGroup": lambda: ErrorGroup.objects.add("x", timezone.now(), ""),
    "TrustedAddress": lambda: TrustedAddress.objects.create(email="a@example.org"),
    "Threshold": lambda: Threshold.objects.create(name="Law", above=5_000),
    "Exclusion": lambda: Exclusion.objects.create(domain="example.com", reason="employees"),
    "Mail": lambda: Mail.objects.enqueue("x", "a@example.org", key="1", context={}),
    "Consent": lambda: Consent.objects.create(fan=make_fan(), purpose="newsletter", words="Yes", source="/"),
    "Letter": lambda: Letter.objects.create(topic=Topic.objects.first(), text="Hello"),
    "Redirect": lambda: Redirect.objects.create(old_path="/old/", new_path="/new/"),
    "Flag": lambda: Flag.objects.create(question=Question.objects.first(), reason="typo"),
}
# Players are changed by the actions of their list, and not on a page.
WITHOUT_CHANGE_PAGE = {"Player"}


def row_of(model):
    if model is Puzzle:
        return Puzzle.objects.order_by("day").last()  # one that has not begun
    if not model._default_manager.exists():
        made = MADE.get(model.__name__)
        made() if made else model.objects.create(title="A piece", slug="a-piece")  # of a new section
    return model._default_manager.first()


def url_of(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def tried_rights(client, row):
    """The acts that the desk allows on `row`."""
    model, allowed = type(row), set()
    shown = client.get(url_of(model, "change", row.pk))
    if shown.status_code == 200:
        allowed.add("view")
        if 'name="_save"' in shown.content.decode():
            allowed.add("change")
    if client.get(url_of(model, "add")).status_code == 200:
        allowed.add("add")
    if client.get(url_of(model, "delete", row.pk)).status_code == 200:
        allowed.add("delete")
    return allowed


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_the_desk_allows_what_the_table_says(client, magazine, subtests, role):  # noqa: F811
    user = make_staff("contributor" if role == "nobody" else role)
    if role == "nobody":
        user.groups.clear()
    own = make_contributor(user=user)
    client.force_login(user)
    for model, state, rights in rights_table():
        with subtests.test(model._meta.label, state=state):
            row = BRING_ABOUT[state](row_of(model), own)
            expected = rights[role] if role != "nobody" else set()
            if model.__name__ in WITHOUT_CHANGE_PAGE:
                expected = expected - {"change"}
            tried = tried_rights(client, row)
            if "delete" in expected - tried:
                assert client.get(url_of(model, "delete", row.pk)).status_code == 403
            assert tried == expected


def test_the_test_finds_a_right_too_many(client, magazine):  # noqa: F811
    """Negative control: a contributor who may change links is found."""
    user = make_staff("contributor")
    user.user_permissions.add(Permission.objects.get(codename="change_link"))
    client.force_login(user)
    links = next(row for row in rights_table() if row.model is Link)
    assert links.rights["contributor"] == set()
    assert tried_rights(client, row_of(Link)) == {"view", "change"}


def test_the_document_is_up_to_date():
    assert draw_rights.RIGHTS.read_text() == rights_document(), "Run manage.py draw_rights."


def test_the_command_writes_the_document(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(draw_rights, "RIGHTS", tmp_path / "rights.md")
    call_command("draw_rights")
    assert "| reviews.Review | own draft | vac | vacd | – | vacd |" in (tmp_path / "rights.md").read_text()
    assert "rights.md is written." in capsys.readouterr().out
    assert ACTS == ("view", "add", "change", "delete")
