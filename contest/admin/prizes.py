"""Winners at the desk: where prizes go, what has left, and the lists that the law asks for."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from contest import awarding
from contest.admin.draws import contest_or_404, desk_screen, may_see_entrants
from contest.models import AuditEvent, Award, Entry, Threshold
from contest.publish_checks import applicable_laws
from magazine.roles import staff_name

if TYPE_CHECKING:
    from contest.awarding import Placement
    from contest.models import Contest

FORMULA_STARTS = "=+-@\t\r"
SHEET_COLUMNS = ["place", "prize", "full_name", "street", "town", "state", "postcode", "country", "ticket"]


def plain_cell(value: Decimal | int | str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ")[:1] in FORMULA_STARTS and text.strip() else text


class PrizeStepForm(forms.Form):
    """What has happened to a prize."""

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
def winners(request: HttpRequest, pk: int) -> Any:
    """The order, and where each prize stands."""
    contest = contest_or_404(pk)
    form = PrizeStepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        award = get_object_or_404(
            contest.awards.select_related("entry", "contest"), pk=form.cleaned_data["award"]
        )
        if not _record_step(award, form.cleaned_data, staff_name(request.user)):
            messages.error(
                request, "That cannot be: a prize is sent when it and all before it are claimed, and once."
            )
        return redirect("admin:contest_winners", pk)
    if form.is_bound:
        messages.error(request, "Choose what has happened.")
    placements = awarding.placements(contest)
    settled_pks = {placement.entry.pk for placement in awarding.settled_placements(contest)}
    context = {
        "rows": [(placement, _possible_steps(placement.entry, placement.entry.pk in settled_pks)) for placement in placements], "settled_pks": settled_pks,
        "filing_deadlines": _filing_deadlines(contest), "tax_notices": _tax_notices(placements),
    }  # fmt: skip
    return desk_screen(request, "winners", contest, **context)


def _possible_steps(entry: Entry, is_settled: bool) -> list[tuple[str, str]]:
    """What can be noted next of this winner's prize: (value, words) of each act."""
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


def _record_step(award: Award, data: dict[str, int | str], actor: str) -> bool:
    now = timezone.now()
    if data["step"] == "sent":
        return awarding.record_sent(award, now, actor, data["tracking"])
    if data["step"] == "arrived":
        return awarding.record_arrived(award, now, actor)
    if data["step"] == "claimed":  # by a letter: only who entered by one has given us an address before
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
    """The prize sheet: what can leave now, with addresses. Every export is on record."""
    contest = contest_or_404(pk)
    rows = [
        placement
        for placement in awarding.settled_placements(contest)
        if placement.entry.award.sent_at is None
    ]
    return _export_csv(
        request, contest, "prize sheet", SHEET_COLUMNS, [_sheet_row(placement) for placement in rows]
    )


@may_see_entrants
@require_POST
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """Winners above the value that a threshold names, for filing."""
    contest = contest_or_404(pk)
    law = get_object_or_404(Threshold, pk=request.POST.get("law"))
    above = [
        placement for placement in awarding.placements(contest) if placement.prize.value > law.list_above
    ]
    claimed = [
        placement
        for placement in above
        if hasattr(placement.entry, "award") and placement.entry.award.claimed_at
    ]
    header = [*SHEET_COLUMNS, "value", "drawn"]
    drawn = f"{contest.freeze.outcome.drawn_at:%Y-%m-%d}"
    rows = [[*_sheet_row(placement), placement.prize.value, drawn] for placement in claimed]
    return _export_csv(request, contest, f"winners for {law}", header, rows)


def _sheet_row(placement: "Placement") -> list[int | str]:
    award = placement.entry.award
    address = [getattr(award, name) for name in SHEET_COLUMNS[2:-1]]
    return [placement.place, str(placement.prize), *address, placement.entry.ticket]


def _export_csv(
    request: HttpRequest, contest: "Contest", what: str, header: list[str], rows: list[list[int | str]]
) -> HttpResponse:
    AuditEvent.objects.append(contest, "exported", staff_name(request.user), what=what, rows=len(rows))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{contest.draw_id}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    writer = csv.writer(response)
    writer.writerows([header, *([plain_cell(cell) for cell in row] for row in rows)])
    return response


def _filing_deadlines(contest: "Contest") -> list[tuple[Threshold, date]]:
    """(law, day) until which the winners of this contest must be filed."""
    outcome = getattr(getattr(contest, "freeze", None), "outcome", None)
    return [
        (law, (outcome.drawn_at + timedelta(days=law.list_within_days)).date())
        for law in applicable_laws(contest)
        if outcome and law.list_within_days and contest.total_value > law.above
    ]


def _tax_notices(placements: "list[Placement]") -> dict[int, str]:
    """{entry: sentence} for who has won more in this year than a threshold for people allows."""
    year, laws = timezone.localdate().year, list(Threshold.objects.for_people())
    found = {}
    for placement in placements:
        won = Award.objects.filter(entry__identity=placement.entry.identity, sent_at__year=year).exclude(
            entry__identity=""
        )
        total = (won.aggregate(total=Sum("sent_prize__value"))["total"] or 0) + placement.prize.value
        for law in laws:
            if total >= law.above:
                found[placement.entry.pk] = f"{law}: ${total:,.2f} this year. {law.note}"
    return found
