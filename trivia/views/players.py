"""What players see and change of themselves: restore code, deletion."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trivia.forms import RestoreForm
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


def _delete_player(player: Player | None) -> HttpResponse:
    response = redirect("trivia:restore")
    if player:
        delete_player(response, player)
    return response
