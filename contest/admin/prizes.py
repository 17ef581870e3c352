"""Winners at the desk: where prizes go, what has left, and the lists that the law asks for."""

import csv
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from contest import awarding
from contest.admin.draws import contest_or_404, screen, see_entrants
from contest.models import Act, Award, Entry, Threshold
from contest.obstacles import laws_on
from magazine.roles import staff_name

FORMULA = "=+-@\t\r"
SHEET = ["place", "prize", "full_name", "street", "town", "state", "postcode", "country", "ticket"]


def plain_cell(value):
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ")[:1] in FORMULA and text.strip() else text


class ActForm(forms.Form):
    """What has happened to a prize."""

    ACTS = {
        "sent": "It was sent",
        "arrived": "It has arrived",
        "claimed": "Claimed by letter",
        "declined": "The winner declined it",
    }

    award = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=list(ACTS.items()))
    tracking = forms.CharField(max_length=120, required=False)


@see_entrants
@require_http_methods(["GET", "POST"])
def winners(request, pk):
    """The order, and where each prize stands."""
    contest = contest_or_404(pk)
    form = ActForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        award = get_object_or_404(
            contest.awards.select_related("entry", "contest"), pk=form.cleaned_data["award"]
        )
        if not _do(award, form.cleaned_data, staff_name(request.user)):
            messages.error(
                request, "That cannot be: a prize is sent when it and all before it are claimed, and once."
            )
        return redirect("admin:contest_winners", pk)
    if form.is_bound:
        messages.error(request, "Choose what has happened.")
    turns = awarding.turns(contest)
    firm = {turn.entry.pk for turn in awarding.firm(contest)}
    context = {
        "rows": [(turn, _possible(turn.entry, turn.entry.pk in firm)) for turn in turns], "firm": firm,
        "laws": _deadlines(contest), "taxed": _taxed(turns),
    }  # fmt: skip
    return screen(request, "winners", contest, **context)


def _possible(entry, is_firm):
    """What can be noted next of this winner's prize: (value, words) of each act."""
    award = getattr(entry, "award", None)
    if award is None or award.arrived_at:
        names = []
    elif award.sent_at:
        names = ["arrived"]
    elif award.claimed_at:
        names = ["sent", "declined"] if is_firm else ["declined"]
    else:
        names = ["claimed", "declined"] if entry.way == Entry.Way.CARD else ["declined"]
    return [(name, ActForm.ACTS[name]) for name in names]


def _do(award, said, by):
    now = timezone.now()
    if said["act"] == "sent":
        return awarding.record_sent(award, now, by, said["tracking"])
    if said["act"] == "arrived":
        return awarding.record_arrived(award, now, by)
    if said["act"] == "claimed":  # by a letter: only who entered by one has given us an address before
        entry = award.entry
        return entry.way == Entry.Way.CARD and awarding.claim(
            award, {"full_name": entry.name, "street": entry.card_address}, now
        )
    if award.sent_at:
        return False
    awarding.disqualify(award.entry, "declined", now, by)
    return True


@see_entrants
@require_POST
def sheet(request, pk):
    """The prize sheet: what can leave now, with addresses. Every export is on record."""
    contest = contest_or_404(pk)
    rows = [turn for turn in awarding.firm(contest) if turn.entry.award.sent_at is None]
    return _exported(request, contest, "prize sheet", SHEET, [_row(turn) for turn in rows])


@see_entrants
@require_POST
def filing(request, pk):
    """Winners above the value that a threshold names, for filing."""
    contest = contest_or_404(pk)
    law = get_object_or_404(Threshold, pk=request.POST.get("law"))
    above = [turn for turn in awarding.turns(contest) if turn.prize.value > law.list_above]
    claimed = [turn for turn in above if hasattr(turn.entry, "award") and turn.entry.award.claimed_at]
    header = [*SHEET, "value", "drawn"]
    drawn = f"{contest.freeze.outcome.drawn_at:%Y-%m-%d}"
    rows = [[*_row(turn), turn.prize.value, drawn] for turn in claimed]
    return _exported(request, contest, f"winners for {law}", header, rows)


def _row(turn):
    award = turn.entry.award
    address = [getattr(award, name) for name in SHEET[2:-1]]
    return [turn.place, str(turn.prize), *address, turn.entry.ticket]


def _exported(request, contest, what, header, rows):
    Act.objects.enter(contest, "exported", staff_name(request.user), what=what, rows=len(rows))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{contest.draw}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    writer = csv.writer(response)
    writer.writerows([header, *([plain_cell(cell) for cell in row] for row in rows)])
    return response


def _deadlines(contest):
    """(law, day) until which the winners of this contest must be filed."""
    outcome = getattr(getattr(contest, "freeze", None), "outcome", None)
    return [
        (law, (outcome.drawn_at + timedelta(days=law.list_within_days)).date())
        for law in laws_on(contest)
        if outcome and law.list_within_days and contest.total_value > law.above
    ]


def _taxed(turns):
    """{entry: sentence} for who has won more in this year than a threshold for people allows."""
    year, laws = timezone.localdate().year, list(Threshold.objects.of_people())
    found = {}
    for turn in turns:
        won = Award.objects.filter(entry__bound_to=turn.entry.bound_to, sent_at__year=year).exclude(
            entry__bound_to=""
        )
        total = (won.aggregate(total=Sum("sent_prize__value"))["total"] or 0) + turn.prize.value
        for law in laws:
            if total >= law.above:
                found[turn.entry.pk] = f"{law}: ${total:,.2f} this year. {law.note}"
    return found
