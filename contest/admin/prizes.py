"""The screen of the winners, and the CSV files of postal addresses and for filings."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from contest import awarding
from contest.admin.draws import contest_or_404, desk_screen, may_see_entrants
from contest.models import AuditEvent, Award, Contest, Entry, Threshold
from contest.models.publish_checks import applicable_laws
from contest.placements import Placement, placements, settled_placements
from magazine.roles import staff_name

FORMULA_STARTS = "=+-@\t\r"
SHEET_COLUMNS = ["place", "prize", "full_name", "street", "town", "state", "postcode", "country", "ticket"]


def plain_cell(value: object) -> str:
    """The text of a cell, with a quote before it if a spreadsheet would run it as a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ")[:1] in FORMULA_STARTS and text.strip() else text


class PrizeStepForm(forms.Form):
    """What has happened to the prize of an award."""

    STEPS = {
        "sent": "It was sent",
        "arrived": "It has arrived",
        "claimed": "Claimed by letter",
        "declined": "The winner declined it",
    }

    award = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(choices=list(STEPS.items()))
    tracking = forms.CharField(max_length=120, required=False)


@may_see_entrants
@require_http_methods(["GET", "POST"])
def winners(request: HttpRequest, pk: int) -> HttpResponse:
    """The placements with their awards, and the form that records the next step of each."""
    contest = contest_or_404(pk)
    form = PrizeStepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        award = get_object_or_404(
            contest.awards.select_related("entry", "contest"), pk=form.cleaned_data["award"]
        )
        if not _record_step(award, form.cleaned_data, staff_name(cast(User, request.user))):
            messages.error(
                request, "Not possible: a prize is sent once, when it and all before it are claimed."
            )
        return redirect("admin:contest_winners", pk)
    if form.is_bound:
        messages.error(request, "Choose what has happened.")
    return desk_screen(request, "winners", contest, **_winners_context(contest))


def _winners_context(contest: Contest) -> dict[str, Any]:
    current = placements(contest)
    settled_pks = {placement.entry.pk for placement in settled_placements(contest)}
    return {
        "rows": [(each, _possible_steps(each.entry, each.entry.pk in settled_pks)) for each in current],
        "settled_pks": settled_pks,
        "filing_deadlines": _filing_deadlines(contest),
        "tax_notices": _tax_notices(current),
    }


def _possible_steps(entry: Entry, is_settled: bool) -> list[tuple[str, str]]:
    """(value, label) of each step that can be recorded next for this entry's award."""
    award = getattr(entry, "award", None)
    if award is None or award.arrived_at:
        names = []
    elif award.sent_at:
        names = ["arrived"]
    elif award.claimed_at:
        names = ["sent", "declined"] if is_settled else ["declined"]
    else:
        names = ["claimed", "declined"] if entry.channel == Entry.Channel.CARD else ["declined"]
    return [(name, PrizeStepForm.STEPS[name]) for name in names]


def _record_step(award: Award, data: dict[str, Any], actor: str) -> bool:
    """Record a step; False if it is not possible now."""
    now = timezone.now()
    if data["step"] == "sent":
        return awarding.record_sent(award, now, actor, data["tracking"])
    if data["step"] == "arrived":
        return awarding.record_arrived(award, now, actor)
    if data["step"] == "claimed":  # by letter; only an entry by post has a postal address before the claim
        entry = award.entry
        return entry.channel == Entry.Channel.CARD and awarding.claim(
            award, {"full_name": entry.name, "street": entry.card_postal_address}, now
        )
    if award.sent_at:
        return False
    awarding.disqualify(award.entry, "declined", now, actor)
    return True


@may_see_entrants
@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """CSV of the prizes that can be sent now, with postal addresses. The export goes into the audit log."""
    contest = contest_or_404(pk)
    rows = [placement for placement in settled_placements(contest) if placement.entry.award.sent_at is None]
    return _export_csv(
        request, contest, "prize sheet", SHEET_COLUMNS, [_sheet_row(placement) for placement in rows]
    )


@may_see_entrants
@require_POST
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """CSV of the winners of prizes above a threshold's value, for its filing."""
    contest = contest_or_404(pk)
    law = get_object_or_404(Threshold, pk=request.POST.get("law"))
    above = [placement for placement in placements(contest) if placement.prize.value > law.list_above]
    claimed = [
        placement
        for placement in above
        if hasattr(placement.entry, "award") and placement.entry.award.claimed_at
    ]
    header = [*SHEET_COLUMNS, "value", "drawn"]
    drawn = f"{contest.freeze.outcome.drawn_at:%Y-%m-%d}"
    rows = [[*_sheet_row(placement), placement.prize.value, drawn] for placement in claimed]
    return _export_csv(request, contest, f"winners for {law}", header, rows)


def _sheet_row(placement: Placement) -> list[object]:
    award = placement.entry.award
    address = [getattr(award, name) for name in SHEET_COLUMNS[2:-1]]
    return [placement.place, str(placement.prize), *address, placement.entry.ticket]


def _export_csv(
    request: HttpRequest, contest: Contest, what: str, header: list[str], rows: list[list[object]]
) -> HttpResponse:
    """A CSV download; `what` is named in the audit log."""
    AuditEvent.objects.append(
        contest, "exported", staff_name(cast(User, request.user)), what=what, rows=len(rows)
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{contest.draw_id}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    writer = csv.writer(response)
    writer.writerows([header, *([plain_cell(cell) for cell in row] for row in rows)])
    return response


def _filing_deadlines(contest: Contest) -> list[tuple[Threshold, date]]:
    """(threshold, last day) of each filing of winners that this drawn contest needs."""
    outcome = getattr(getattr(contest, "freeze", None), "outcome", None)
    return [
        (law, (outcome.drawn_at + timedelta(days=law.list_within_days)).date())
        for law in applicable_laws(contest)
        if outcome and law.list_within_days and contest.total_value > law.above
    ]


def _tax_notices(current: Iterable[Placement]) -> dict[int, str]:
    """A sentence for each entry whose person has won prizes above a threshold for people this year, by pk."""
    year, laws = timezone.localdate().year, list(Threshold.objects.for_people())
    found = {}
    for placement in current:
        won = Award.objects.filter(entry__identity=placement.entry.identity, sent_at__year=year).exclude(
            entry__identity=""
        )
        total = (won.aggregate(total=Sum("sent_prize__value"))["total"] or 0) + placement.prize.value
        for law in laws:
            if total >= law.above:
                found[placement.entry.pk] = f"{law}: ${total:,.2f} this year. {law.note}"
    return found
