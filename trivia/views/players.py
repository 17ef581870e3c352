"""A player's own pages: restore code, nickname, deletion."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trivia import nicknames
from trivia.forms import NicknameForm, RestoreForm
from trivia.models import Player
from trivia.players import delete_player, player_by_code, player_of, set_player_cookie


@csrf_exempt  # the code in the form is the only credential
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def restore(request: HttpRequest) -> HttpResponse:
    current_player = player_of(request)
    if "forget" in request.POST:
        return _delete_player(current_player)
    form = RestoreForm(request.POST if request.method == "POST" else None)
    player = player_by_code(form.cleaned_data["code"]) if form.is_valid() else None
    if player:
        response = redirect("trivia:today")
        set_player_cookie(response, player)
        return response
    if form.is_valid():
        form.add_error("code", "Nobody plays under this code. It has sixteen letters and figures.")
    context = {"form": form, "player": current_player}
    return render(request, "trivia/reel_restore.html", context, status=422 if form.errors else 200)


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


def _delete_player(player: Player | None) -> HttpResponse:
    response = redirect("trivia:restore")
    if player:
        delete_player(response, player)
    return response
