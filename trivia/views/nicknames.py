"""The page on which players choose and remove their nickname."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trivia import nicknames
from trivia.forms import NicknameForm
from trivia.players import player_of


@csrf_exempt  # a request that another site sends carries no player cookie (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def nickname(request: HttpRequest) -> HttpResponse:
    player = player_of(request)
    if player is None:
        return render(request, "trivia/nickname.html", {"player": None})
    if "drop" in request.POST:
        nicknames.remove_nickname(player)
        return redirect("trivia:nickname")
    posted = request.POST if request.method == "POST" else None
    form = NicknameForm(posted, player=player, initial={"nickname": player.nickname})
    error = nicknames.set_nickname(player, form.cleaned_data["nickname"]) if form.is_valid() else ""
    if error:
        form.add_error("nickname", error)
    elif form.is_bound and form.is_valid():
        return redirect("trivia:nickname")
    context = {"form": form, "player": player}
    return render(request, "trivia/nickname.html", context, status=422 if form.errors else 200)
