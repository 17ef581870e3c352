"""The pages of the section: the list of contests, and a contest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest.models import Contest
from contest.winners_list import winners_list
from magazine.shortcuts import get_piece_or_404, paginate, render_piece


@require_safe
def contest_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    contests = Contest.objects.published().for_cards().with_draw()
    context = {
        "open": list(contests.open_at(now).with_prizes()),
        "coming": list(contests.coming(now)),
        "page": paginate(contests.closed_at(now), request),
    }
    return render(request, "contest/contest_list.html", context)


@require_safe
def contest_detail(request: HttpRequest, slug: str) -> HttpResponse:
    contest = get_piece_or_404(
        Contest.objects.for_page().with_prizes().with_regions().with_draw(), request, slug
    )
    now = timezone.now()
    state = contest.state_at(now)
    context = {
        "state": state,
        "amendments": contest.amendments.all(),
        "winners": winners_list(contest) if state == "drawn" else [],
        "related": contest.related(),
    }
    return render_piece(request, "contest/contest_detail.html", contest, context)
