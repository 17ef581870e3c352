"""The form that asks for a receipt's code, the receipt, and the claim of a prize."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contest import awarding, retention, skill_test
from contest.forms import ClaimForm, ReceiptCodeForm
from contest.models import Award, Disqualification, Entry
from fans.client_networks import client_network
from fans.limits import record_hit

MAX_LOOKUPS_PER_HOUR = 60  # from one network; codes of 60 bits cannot be guessed anyway
UNKNOWN_CODE = (
    "No receipt has this code. It has twelve letters and figures; after the day on which we delete entries "
    "there is none any more."
)
private_no_store = cache_control(private=True, no_store=True)


@csrf_exempt  # it changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
@private_no_store
def did_i_win(request: HttpRequest) -> HttpResponse:
    form = ReceiptCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "contest/did_i_win.html", {"form": form}, status=422 if form.errors else 200)
    if record_hit("receipt", client_network(request), timedelta(hours=1)) > MAX_LOOKUPS_PER_HOUR:
        form.add_error("code", "That is more than we can look up for one place in an hour. Please try later.")
        return render(request, "contest/did_i_win.html", {"form": form}, status=429)
    code = form.cleaned_data["code"]
    if not Entry.objects.confirmed().filter(code=code).exclude(code="").exists():
        form.add_error("code", UNKNOWN_CODE)
        return render(request, "contest/did_i_win.html", {"form": form}, status=422)
    return redirect("contest:receipt", code)


@csrf_exempt  # who has the code in the URL may act for the entrant; there is no login
@require_http_methods(["GET", "HEAD", "POST"])
@private_no_store
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    entry = _entry_or_404(code)
    now = timezone.now()
    award = _award_of(entry, now)
    if request.method == "POST" and award:
        return _record_decision(request, award, now)
    context = {"entry": entry, "award": award, "contest": entry.contest, "state": entry.contest.state_at(now)}
    return render(request, "contest/receipt.html", context | _award_status(entry, award))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_no_store
def claim(request: HttpRequest, code: str) -> HttpResponse:
    entry = _entry_or_404(code)
    now = timezone.now()
    award = _award_of(entry, now)
    status = _award_status(entry, award)
    if award is None or award.claimed_at or status["disqualification"]:
        return redirect("contest:receipt", code)
    skill_test.ensure_sum(award)
    data, problem = request.POST if request.method == "POST" else None, ""
    form = ClaimForm(data, award=award, initial=_claim_initial(entry))
    if form.is_valid():
        problem = _try_to_claim(award, form, now)
        if not problem:
            return redirect("contest:receipt", code)
        form = ClaimForm(data, award=award)  # with the new sum
    context = {"entry": entry, "award": award, "form": form, "problem": problem, **status}
    return render(request, "contest/claim.html", context, status=422 if form.is_bound else 200)


def _try_to_claim(award: Award, form: ClaimForm, now: datetime) -> str:
    """Claim the prize. Returns "", or a sentence that says why it was not claimed."""
    if award.skill_sum and award.skill_failures >= skill_test.MAX_FAILURES:
        return "That were five sums. Please write to us: the address is below."
    if award.skill_sum and not skill_test.check_answer(award, form.cleaned_data["skill_answer"]):
        return "That is not what the sum comes to. Here is another one; the rest is still filled in."
    if not awarding.claim(award, form.award_fields(), now):
        return "The time to claim this prize is over."
    return ""


def _record_decision(request: HttpRequest, award: Award, now: datetime) -> HttpResponse:
    """Record what the winner pressed on the receipt: that they decline the prize, or that it has arrived."""
    if "decline" in request.POST and request.POST.get("sure") and award.sent_at is None:
        awarding.disqualify(award.entry, Disqualification.Reason.DECLINED, now)
    if "arrived" in request.POST:
        awarding.record_arrived(award, now)
    return redirect("contest:receipt", award.entry.code)


def _entry_or_404(code: str) -> Entry:
    """The confirmed entry with this code. Entries whose deletion date has come are erased first."""
    retention.purge_due_entries(timezone.now())
    entry = Entry.objects.confirmed().for_receipt().filter(code=code).exclude(code="").first()
    if entry is None:
        raise Http404
    return entry


def _award_of(entry: Entry, now: datetime) -> Award | None:
    """The award of this entry, if it has one. Overdue awards are expired first."""
    awarding.expire_overdue_awards(now)
    award = Award.objects.filter(entry=entry).select_related("sent_prize__release__film").first()
    if award:
        award.contest, award.entry = entry.contest, entry
    return award


def _award_status(entry: Entry, award: Award | None) -> dict[str, Any]:
    disqualification = Disqualification.objects.filter(entry=entry).first()
    return {
        "disqualification": disqualification,
        "placement": awarding.placement_of(award) if award and not disqualification else None,
    }


def _claim_initial(entry: Entry) -> dict[str, str]:
    return {"full_name": entry.name, "country": entry.region.country if entry.region else ""}
