"""The Daily Reel: a puzzle, the archive, and suggestions of titles."""

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from films.models import Film
from magazine.shortcuts import paginate
from trivia.daily_game import Game
from trivia.forms import GuessForm
from trivia.models import Player, Puzzle
from trivia.players import TOO_MANY_NEW_PLAYERS, player_of, set_player_cookie
from trivia.reel_calendar import get_or_create_todays_puzzle

PUZZLES_PER_PAGE, TITLES_SUGGESTED = 60, 8


# No CSRF token: it would need a cookie before a game begins, and nobody is logged in. A guess sent by
# another site carries no player cookie (SameSite), so it begins a game of a new player.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def reel(request: HttpRequest, number: int | None = None) -> HttpResponse:
    puzzles = Puzzle.objects.begun().with_clues()
    puzzle = get_object_or_404(puzzles, number=number) if number else get_or_create_todays_puzzle()
    game = Game(puzzle, player_of(request))
    if puzzle and request.method == "POST":
        return _take_guess(request, game)
    return _reel_page(request, game)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    page = paginate(Puzzle.objects.begun().newest_first(), request, PUZZLES_PER_PAGE)
    return render(request, "trivia/reel_archive.html", {"page": page})


@require_safe
@cache_control(public=True, max_age=3600)
def titles(request: HttpRequest) -> HttpResponse:
    """Titles that match what is typed, of all films, as JSON [words, [titles]]."""
    words = request.GET.get("q", "")[:100]
    found = Film.objects.matching(words, limit=TITLES_SUGGESTED) if words.strip() else []
    return JsonResponse([words, [str(film) for film in found]], safe=False)


def _take_guess(request: HttpRequest, game: Game) -> HttpResponse:
    form = GuessForm(request.POST)
    if not form.is_valid():
        return _reel_page(request, game, form=form, status=422)
    if not game.begin(request):
        return _reel_page(request, game, error=TOO_MANY_NEW_PLAYERS, status=429)
    title = "" if "pass" in request.POST else form.cleaned_data["title"]
    error = game.guess(title, form.cleaned_data["guesses_seen"])
    response = (
        _reel_page(request, game, error=error, status=409) if error else redirect(cast(Puzzle, game.puzzle))
    )
    set_player_cookie(response, cast(Player, game.player))
    return response


def _reel_page(
    request: HttpRequest, game: Game, *, form: GuessForm | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    context = game.page_context() | {"error": error}
    # A fresh form with the current number of guesses, unless the submitted one has errors to show.
    shown = {"guesses_seen": context["guesses_seen"], "title": request.POST.get("title", "")[:250]}
    context["form"] = (
        form if form and form.errors and "guesses_seen" not in form.errors else GuessForm(initial=shown)
    )
    return render(request, "trivia/reel.html", context, status=status)
