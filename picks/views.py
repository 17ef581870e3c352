"""The lists, one list with our ratings of its films, and all picks of the week until today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from magazine.models import Article
from magazine.shortcuts import get_piece_or_404, paginate, render_piece
from picks.models import PickList, WeeklyPick


@require_safe
def pick_lists(request: HttpRequest) -> HttpResponse:
    lists = PickList.objects.published().newest_first().for_cards()
    context = {"page": paginate(lists, request), "weekly_pick": WeeklyPick.objects.current()}
    return render(request, "picks/pick_lists.html", context)


@require_safe
def list_detail(request: HttpRequest, slug: str) -> HttpResponse:
    pick_list = get_piece_or_404(PickList.objects.for_page(), request, slug)
    picks = pick_list.ordered_picks
    verdicts = Article.objects.newest_rated_by_film(pick.film_id for pick in picks)
    context = {
        "picks": [(pick, verdicts.get(pick.film_id)) for pick in picks],
        "ballots": pick_list.ballots.with_choices() if pick_list.is_counted else [],
        "related": pick_list.related(),
    }
    return render_piece(request, "picks/list_detail.html", pick_list, context)


@require_safe
def weekly_picks(request: HttpRequest) -> HttpResponse:
    page = paginate(WeeklyPick.objects.begun(), request)
    verdicts = Article.objects.newest_rated_by_film(pick.film_id for pick in page)
    picks = [(pick, verdicts.get(pick.film_id)) for pick in page]
    return render(request, "picks/weekly_picks.html", {"page": page, "picks": picks})
