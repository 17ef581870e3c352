"""Pages for the TV show: the short URL and the card of a contest, and its stored draw in big letters."""

import io
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest.models import Contest
from contest.placements import Placement, placements
from contest.views.proof import numbers_by_source
from magazine.shortcuts import get_piece_or_404


@require_safe
def win(request: HttpRequest) -> HttpResponse:
    """The short URL for the TV show. Redirects to the open contest if there is just one, else to the list."""
    now_open = Contest.objects.open_at(timezone.now())[:2]
    return redirect(now_open[0] if len(now_open) == 1 else "contest:list")


@require_safe
def on_air(request: HttpRequest, slug: str) -> HttpResponse:
    """A full-screen page to be filmed, with the prizes, the short URL and a QR code."""
    contest = get_piece_or_404(Contest.objects.with_prizes(), request, slug)
    host = settings.SITE_URL.partition("://")[2]
    context = {
        "article": contest,
        "short_url": host + reverse("win"),
        "state": contest.state_at(timezone.now()),
    }
    return render(request, "contest/on_air.html", context)


@require_safe
def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The URL of a contest as a QR code, dark on light and with a margin, as scanners need it."""
    contest = get_piece_or_404(Contest.objects.all(), request, slug)
    svg = io.BytesIO()
    code = segno.make_qr(settings.SITE_URL + contest.get_absolute_url(), error="m")
    code.save(
        svg,
        kind="svg",
        scale=10,
        border=4,
        dark="#14110f",
        light="#fff",
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    return HttpResponse(svg.getvalue(), content_type="image/svg+xml")


@require_safe
def studio(request: HttpRequest, slug: str) -> HttpResponse:
    """The stored draw in big letters, step by step. This page only shows it; it makes no draw."""
    contest = get_piece_or_404(Contest.objects.drawn().with_prizes().with_draw(), request, slug)
    freeze, order = contest.freeze, placements(contest)
    context = {
        "article": contest,
        "outcome": freeze.outcome,
        "numbers": numbers_by_source(contest, freeze),
        "ticket_count": freeze.ticket_count,
        "fingerprint": freeze.sha256,
        "placements": order,
        "placements_reversed": [_with_name(placement) for placement in reversed(order)],
    }
    return render(request, "contest/studio.html", context)


def _with_name(placement: Placement) -> dict[str, Any]:
    """A placement with the name to which its winner has consented, "" without consent."""
    award = getattr(placement.entry, "award", None)
    return {**placement._asdict(), "name": award.listed_as if award else ""}
