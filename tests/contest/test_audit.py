"""`manage.py draw` reports nothing for an honest draw, and each single change of stored data."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cinemaclips import background_jobs
from contest import audit, retention, triggers
from contest.jobs import run_contests
from contest.models import AuditEvent, Contest, Entry, Freeze, Outcome, Rules
from magazine import sections
from tests.factories import make_contest, make_drawn, make_entry


@pytest.fixture
def drawn(db):
    return make_drawn(4)


def problems(contest):
    return " ".join(audit.find_problems(Contest.objects.get(pk=contest.pk)))


def test_an_honest_draw_has_no_problems(drawn, capsys):
    make_contest()
    call_command("draw")
    call_command("draw")

    assert capsys.readouterr().out.count("no problems found") == 4


FORGED = {
    "an act": (
        lambda: AuditEvent.objects.filter(sequence=2).update(actor="Nobody"),
        "Act 2 is not what was sealed",
    ),
    "an act taken out": (lambda: AuditEvent.objects.filter(sequence=2).delete(), "Act 3 does not follow"),
    "the rules": (lambda: Rules.objects.update(text="Other rules."), "The rules it opened with are gone"),
    "the manifest": (lambda: _replace("manifest_text", "prizes: 1", "prizes: 2"), "not the one on record"),
    "the list": (lambda: _replace("entries_text", " 1\n", " 2\n"), "not those of the manifest"),
    "a weight": (lambda: Entry.objects.filter(rank=1).update(weight=2), "not those of the list"),
    "the seed": (lambda: Outcome.objects.update(seed="0" * 64), "seed does not follow"),
    "the numbers": (lambda: Outcome.objects.update(lines=["cd" * 32]), "seed does not follow"),
    "a rank": (lambda: Entry.objects.filter(rank=1).update(rank=99), "not the one that the numbers give"),
}


def _replace(field, old, new):
    text = getattr(Freeze.objects.get(), field).replace(old, new, 1)
    Freeze.objects.update(**{field: text})


@pytest.mark.parametrize("what", FORGED)
def test_every_change_behind_the_triggers_is_found(drawn, what):
    forge, said = FORGED[what]
    with triggers.without_triggers():
        forge()

    assert said in problems(drawn)
    with pytest.raises(CommandError, match="1 contests have problems"):
        call_command("draw")


def test_the_purge_command_prints_what_it_erased(db, capsys):
    contest = make_contest()
    make_entry(
        contest, confirmed=False, at=timezone.now() - retention.UNCONFIRMED_RETENTION - timedelta(hours=1)
    )
    call_command("purge")
    call_command("purge")

    assert capsys.readouterr().out.splitlines() == [
        "1 entries erased.", "0 entries erased.",
    ]  # fmt: skip


def test_the_worker_runs_every_step_of_a_contest(db):
    contest = make_contest(opened=False)
    run_contests()
    background_jobs.deliver_mail()
    background_jobs.purge_old_mail()

    assert contest.audit_log.filter(kind="opened").exists()
    assert sections.background_jobs()[run_contests] == timedelta(minutes=1)
