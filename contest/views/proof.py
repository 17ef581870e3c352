"""The proof: what was committed to, what came out, and everything anyone needs to check it."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest import verify
from contest.awarding import turns
from contest.drawing import disqualified_text
from contest.forms import TicketForm
from contest.models import Contest
from magazine.shortcuts import get_piece_or_404, render_piece

SHOWN = 10  # alternates on the page; the files have them all


@require_safe
def proof(request, slug):
    contest = get_piece_or_404(Contest.objects.with_prizes().with_sources().with_draw(), request, slug)
    freeze = getattr(contest, "freeze", None)
    context = {
        "state": contest.state(timezone.now()),
        "acts": contest.acts.in_order(),
        "freeze": freeze,
        "outcome": getattr(freeze, "outcome", None),
        "out": disqualified_text(contest),
        "many": freeze.many if freeze else 0,
        "numbers": numbers_of(contest, freeze),
    }
    return render_piece(
        request, "contest/proof.html", contest, context | _found(request, contest) | _order(contest)
    )


@require_safe
def file(request, slug, name):
    """One of the files of the proof, byte for byte as it was committed to."""
    contest = get_piece_or_404(Contest.objects.with_draw(), request, slug)
    text = _text_of(contest, name)
    if text is None:
        raise Http404
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def script(request):
    """The very code that draws, for everybody to run."""
    return HttpResponse(Path(verify.__file__).read_text(), content_type="text/plain; charset=utf-8")


def numbers_of(contest, freeze):
    """(source, what it gave or "") of every line of the beacon, in order."""
    sources = freeze.sources if freeze else contest.beacon_lines()
    names = [name for _, name in sources]
    outcome = getattr(freeze, "outcome", None)
    return list(zip(names, outcome.lines if outcome else [""] * len(names), strict=True))


def _text_of(contest, name):
    """The text of a file of the proof; None for one that is not there (yet)."""
    if name == "record":
        return "".join(f"{act.line} {act.seal}\n" for act in contest.acts.in_order())
    freeze = getattr(contest, "freeze", None)
    if freeze is None:
        return None
    if name in ("manifest", "entries"):
        return getattr(freeze, name)
    if not hasattr(freeze, "outcome"):
        return None
    return {"beacon": freeze.outcome.beacon_text, "disqualified": disqualified_text(contest)}.get(name)


def _order(contest):
    """The first of the order: who is in, and what for."""
    if not hasattr(contest, "freeze"):
        return {"turns": [], "next": []}
    ranked = contest.entries.in_ranking_order()
    standing = ranked.filter(disqualification__isnull=True)
    many = len(contest.places)
    return {
        "turns": turns(contest),
        "next": list(standing[many : many + SHOWN].values_list("rank", "ticket")),
    }


def _found(request, contest):
    """The ticket that was looked for, with its place in the order."""
    if "ticket" not in request.GET:
        return {"form": TicketForm()}
    form = TicketForm(request.GET)
    if not form.is_valid():
        return {"form": form}
    listed = contest.entries.confirmed().filter(ticket__startswith=form.cleaned_data["ticket"])
    entries = listed.select_related("disqualification").order_by("ticket")[:5]
    return {"form": form, "looked_for": True, "found": list(entries)}
