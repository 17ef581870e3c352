"""The room's front, and the Daily Reel: today's, the archive, and a streak brought from elsewhere."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from films.models import Film
from magazine.pages import page_of
from trivia.forms import GuessForm, RestoreForm
from trivia.models import Fact, Puzzle, Question
from trivia.playing import Game, forget, player_of, remember, restored
from trivia.reel import puzzle_of_today

SHELF, PAST, TITLES = 24, 60, 8
DEEDS = {  # where each licence can be read
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
TOO_MANY = "Too many new players come from your address in this hour. Please try again in a while."


@require_safe
def fact_list(request):
    facts = Fact.objects.published().newest_first().with_subjects()
    context = {"page": page_of(facts, request, SHELF), "puzzle": Puzzle.objects.today()}
    return render(request, "trivia/fact_list.html", context)


@require_safe
def sources(request):
    """Who wrote the questions, and on which terms; it writes itself from the bank."""
    named = [
        (Question.Licence(licence), DEEDS.get(licence, ""), author, many)
        for licence, author, many in Question.objects.live().by_terms()
    ]
    return render(request, "trivia/sources.html", {"terms": named})


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
def reel_archive(request):
    page = page_of(Puzzle.objects.begun().newest_first(), request, PAST)
    return render(request, "trivia/reel_archive.html", {"page": page})


@csrf_exempt  # as above: there is nothing to forge, the code is the key
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def reel_restore(request):
    here = player_of(request)
    if "forget" in request.POST:
        return _forgotten(here)
    form = RestoreForm(request.POST if request.method == "POST" else None)
    player = restored(form.cleaned_data["code"]) if form.is_valid() else None
    if player:
        response = redirect("trivia:today")
        remember(response, player)
        return response
    if form.is_valid():
        form.add_error("code", "Nobody plays under this code. It has sixteen letters and figures.")
    context = {"form": form, "player": here}
    return render(request, "trivia/reel_restore.html", context, status=422 if form.errors else 200)


@require_safe
@cache_control(public=True, max_age=3600)
def titles(request):
    """Titles while typing: of any film, the answer or not."""
    words = request.GET.get("q", "")[:100]
    found = Film.objects.matching(words, limit=TITLES) if words.strip() else []
    return JsonResponse([words, [str(film) for film in found]], safe=False)


def _forgotten(player):
    response = redirect("trivia:restore")
    if player:
        forget(response, player)
    return response


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
