"""The Daily Reel: today's, the archive, and titles while typing."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from films.models import Film
from magazine.shortcuts import paginate
from trivia.forms import GuessForm
from trivia.models import Puzzle
from trivia.players import TOO_MANY, player_of, remember
from trivia.playing import Game
from trivia.reel import puzzle_of_today

PAST, TITLES = 60, 8


# Nobody is logged in here, and a token would need a cookie before there is a game; a guess that
# another site sends for a reader finds no cookie (SameSite) and begins a game of its own.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def reel(request, number=None):
    begun = Puzzle.objects.begun().with_clues()
    puzzle = get_object_or_404(begun, number=number) if number else puzzle_of_today()
    game = Game(puzzle, player_of(request))
    if puzzle and request.method == "POST":
        return _guessed(request, game)
    return _reel_page(request, game)


@require_safe
def archive(request):
    page = paginate(Puzzle.objects.begun().newest_first(), request, PAST)
    return render(request, "trivia/reel_archive.html", {"page": page})


@require_safe
@cache_control(public=True, max_age=3600)
def titles(request):
    """Titles while typing: of any film, the answer or not."""
    words = request.GET.get("q", "")[:100]
    found = Film.objects.matching(words, limit=TITLES) if words.strip() else []
    return JsonResponse([words, [str(film) for film in found]], safe=False)


def _guessed(request, game):
    form = GuessForm(request.POST)
    if not form.is_valid():
        return _reel_page(request, game, form=form, status=422)
    if not game.begin(request):
        return _reel_page(request, game, trouble=TOO_MANY, status=429)
    title = "" if "pass" in request.POST else form.cleaned_data["title"]
    trouble = game.guess(title, form.cleaned_data["seen"])
    response = _reel_page(request, game, trouble=trouble, status=409) if trouble else redirect(game.puzzle)
    remember(response, game.player)
    return response


def _reel_page(request, game, *, form=None, trouble="", status=200):
    context = game.page() | {"trouble": trouble}
    # Whatever was sent, the next guess is the one after those that count.
    shown = {"seen": context["seen"], "title": request.POST.get("title", "")[:250]}
    context["form"] = form if form and form.errors and "seen" not in form.errors else GuessForm(initial=shown)
    return render(request, "trivia/reel.html", context, status=status)
