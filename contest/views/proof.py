"""The proof of a draw: a page and the files with which anybody can check it."""

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest import verify
from contest.drawing import disqualified_text
from contest.forms import TicketForm
from contest.models import Contest, Freeze
from contest.placements import placements
from magazine.shortcuts import get_piece_or_404, render_piece

ALTERNATES_SHOWN = 10  # on the page; the files contain all of them


@require_safe
def proof(request: HttpRequest, slug: str) -> HttpResponse:
    contest = get_piece_or_404(Contest.objects.with_prizes().with_sources().with_draw(), request, slug)
    freeze = getattr(contest, "freeze", None)
    context = {
        "state": contest.state_at(timezone.now()),
        "audit_log": contest.audit_log.in_order(),
        "freeze": freeze,
        "outcome": getattr(freeze, "outcome", None),
        "disqualified_text": disqualified_text(contest),
        "ticket_count": freeze.ticket_count if freeze else 0,
        "numbers": numbers_by_source(contest, freeze),
    }
    return render_piece(
        request, "contest/proof.html", contest, context | _ticket_search(request, contest) | _ranking(contest)
    )


@require_safe
def proof_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A text file of the proof, with exactly the bytes that were hashed."""
    contest = get_piece_or_404(Contest.objects.with_draw(), request, slug)
    text = _file_text(contest, name)
    if text is None:
        raise Http404
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def verify_script(request: HttpRequest) -> HttpResponse:
    """The source of `contest.verify`, the module that makes the draw, so that anybody can run it."""
    return HttpResponse(Path(verify.__file__).read_text(), content_type="text/plain; charset=utf-8")


def numbers_by_source(contest: Contest, freeze: Freeze | None) -> list[tuple[str, str]]:
    """(name, digits; "" before the draw) of every line of the beacon, in order."""
    sources = freeze.beacon_lines if freeze else contest.beacon_lines()
    names = [name for _, name in sources]
    outcome = getattr(freeze, "outcome", None)
    return list(zip(names, outcome.lines if outcome else [""] * len(names), strict=True))


def _file_text(contest: Contest, name: str) -> str | None:
    """The text of a file of the proof; None if it does not exist (yet)."""
    if name == "record":
        return "".join(f"{event.line} {event.chain_hash}\n" for event in contest.audit_log.in_order())
    freeze = getattr(contest, "freeze", None)
    if freeze is None:
        return None
    if name in ("manifest", "entries"):
        return getattr(freeze, f"{name}_text")
    if not hasattr(freeze, "outcome"):
        return None
    return {"beacon": freeze.outcome.beacon_text, "disqualified": disqualified_text(contest)}.get(name)


def _ranking(contest: Contest) -> dict[str, Any]:
    """The placements and the first alternates."""
    if not hasattr(contest, "freeze"):
        return {"placements": [], "alternates": []}
    ranked = contest.entries.in_ranking_order()
    eligible = ranked.filter(disqualification__isnull=True)
    prize_count = len(contest.prizes_in_order)
    return {
        "placements": placements(contest),
        "alternates": list(
            eligible[prize_count : prize_count + ALTERNATES_SHOWN].values_list("rank", "ticket")
        ),
    }


def _ticket_search(request: HttpRequest, contest: Contest) -> dict[str, Any]:
    """The form that searches for a ticket, and its result."""
    if "ticket" not in request.GET:
        return {"form": TicketForm()}
    form = TicketForm(request.GET)
    if not form.is_valid():
        return {"form": form}
    listed = contest.entries.confirmed().filter(ticket__startswith=form.cleaned_data["ticket"])
    entries = listed.select_related("disqualification").order_by("ticket")[:5]
    return {"form": form, "has_searched": True, "matches": list(entries)}
