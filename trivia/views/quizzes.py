"""Quizzes: the list, one quiz with its leaderboard, playing it question by question, the printed sheets."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from films.models import Film
from magazine.shortcuts import paginate, get_piece_or_404, render_piece
from trivia import attempts, results, sheets
from trivia.beside import ASKED
from trivia.forms import AnswerForm, FlagForm, StartForm
from trivia.models import Attempt, Question, Quiz
from trivia.players import TOO_MANY, new_player, player_of, remember
from trivia.standings import board_of_quiz, leaders_on

NOTHING_NOW = "There is nothing to ask here just now. Please come back another day."
TOO_OFTEN = "You have begun very many games in this hour. Please go on in a while."
# Nobody is logged in here, and a token would need a cookie before there is a game; what another site
# sends for a reader brings no cookie (SameSite), and an answer needs the token of its own question.
playing = csrf_exempt


@require_safe
def quiz_list(request):
    page = paginate(Quiz.objects.published().newest_first().for_cards(), request)
    return render(request, "trivia/quiz_list.html", {"page": page})


@playing
@require_http_methods(["GET", "HEAD", "POST"])
def quiz_detail(request, slug):
    quiz = get_piece_or_404(Quiz.objects.for_page(), request, slug)
    if request.method == "POST":
        return _begun(request, quiz, counts=quiz.is_listed, otherwise=_quiz_page)
    return _quiz_page(request, quiz)


@playing
@require_http_methods(["GET", "HEAD", "POST"])
def on_film(request, slug):
    """Three questions on a film, as they stand at the foot of its reviews."""
    film = get_object_or_404(Film, slug=slug)
    if request.method == "POST":
        return _begun(request, film, counts=False, otherwise=_film_page)
    return _film_page(request, film)


@playing
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def attempt(request, pk):
    """The open question of the player's attempt, or its result; an answer comes to the same address."""
    game = _own_attempt(request, pk)
    if game is None:
        return _unknown(request)
    if request.method == "POST" and not game.is_finished:
        return _answered(request, game)
    return _next_page(request, game)


@require_safe
@cache_control(private=True)
def answer(request, pk, place):
    """A question that has been answered: what was right, and why."""
    game = _own_attempt(request, pk)
    if game is None:
        return _unknown(request)
    given = get_object_or_404(
        game.answers.with_questions().prefetch_related("question__options"), place=place
    )
    return _answer_page(request, game, given) if given.is_given else redirect(game)


@playing
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def flag(request, pk, place):
    """Tell staff that a question is wrong."""
    game = _own_attempt(request, pk)
    if game is None:
        return _unknown(request)
    given = get_object_or_404(game.answers.select_related("question"), place=place, answered_at__isnull=False)
    form = FlagForm(
        request.POST if request.method == "POST" else None, player=game.player, question=given.question
    )
    if form.is_valid():
        form.save()
        return redirect("trivia:answer", pk, place)
    context = {"form": form, "given": given, "game": game}
    return render(request, "trivia/flag.html", context, status=422 if form.errors else 200)


@require_safe
def sheet(request, slug):
    """The quiz on paper: questions, and room to write."""
    quiz = get_piece_or_404(Quiz.objects.select_related("film"), request, slug)
    return render_piece(request, "trivia/sheet.html", quiz, {"questions": sheets.printed(quiz)})


@require_safe
@cache_control(private=True)
def answer_sheet(request, slug):
    """The answers on paper, for those who have played the quiz, and for staff."""
    quiz = get_piece_or_404(Quiz.objects.select_related("film"), request, slug)
    player = player_of(request)
    played = player and quiz.attempts.of(player).filter(finished_at__isnull=False).exists()
    questions = sheets.printed(quiz) if played or _is_staff(request) else None
    return render_piece(request, "trivia/answer_sheet.html", quiz, {"questions": questions})


def _is_staff(request):
    """Whether one of the staff asks; no session is opened for a reader who has none."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def _quiz_page(request, quiz, *, trouble="", status=200):
    context = {
        "form": StartForm(),
        "many": quiz.questions.count(),
        "leaders": leaders_on(board_of_quiz(quiz.pk)),
        "related": quiz.related(),
        "trouble": trouble,
    }
    response = render_piece(request, "trivia/quiz_detail.html", quiz, context)
    response.status_code = status
    return response


def _film_page(request, film, *, trouble="", status=200):
    asked = list(Question.objects.live().about(film)[:ASKED])
    if not asked:
        raise Http404
    context = {"film": film, "questions": asked, "trouble": trouble}
    return render(request, "trivia/on_film.html", context, status=status)


def _begun(request, subject, *, counts, otherwise):
    player = player_of(request) or new_player(request)
    if player is None or attempts.begins_too_often(player):
        return otherwise(request, subject, trouble=TOO_OFTEN if player else TOO_MANY, status=429)
    form = StartForm(request.POST)
    clock = form.cleaned_data["clock"] if form.is_valid() else 0
    game = attempts.begin(player, subject, clock, counts=counts)
    if game is None:
        return otherwise(request, subject, trouble=NOTHING_NOW, status=409)
    response = redirect(game)
    remember(response, player)
    return response


def _own_attempt(request, pk):
    """The player's own attempt; None if it is nobody's here, or its quiz is not out (any more)."""
    player = player_of(request)
    mine = Attempt.objects.with_subject().of(player) if player else Attempt.objects.none()
    game = mine.filter(pk=pk).first()
    hidden = game and game.quiz and not game.quiz.is_published and not _is_staff(request)
    return None if hidden else game


def _unknown(request):
    return render(request, "trivia/attempt_unknown.html", status=404)


def _next_page(request, game, *, trouble="", form=None, status=200):
    """The question that is open, or the result where none is left."""
    asked = None if game.is_finished else attempts.open_question(game)
    if asked is None:
        return render(request, "trivia/result.html", results.of(game) | {"trouble": trouble}, status=status)
    form = form or AnswerForm(**_asking(game, asked))
    left = attempts.seconds_left(asked)
    context = {"game": game, "asked": asked, "left": left, "form": form, "trouble": trouble}
    return render(request, "trivia/question.html", context, status=status)


def _asking(game, asked):
    return {
        "question": asked.question,
        "choices": attempts.shuffled(game.secret, asked.question),
        "token": attempts.token_for(asked),
    }


def _answered(request, game):
    try:
        asked = attempts.redeemed(game, request.POST.get("token", ""))
        if "more" in request.POST:
            attempts.lengthen(game, asked)
            return redirect(game)
        form = AnswerForm(request.POST, **_asking(game, asked))
        if not form.is_valid():
            return _next_page(request, game, form=form, status=422)
        attempts.take(game, asked, form.given)
    except attempts.Refused as refused:
        return _refused(request, game, refused)
    return redirect("trivia:answer", game.pk, asked.place)


def _refused(request, game, refused):
    """The page as it stands, with why nothing was counted; of a second answer, the first."""
    if refused.standing is None:
        return _next_page(request, game, trouble=refused.sentence, status=409)
    given = game.answers.with_questions().prefetch_related("question__options").get(pk=refused.standing.pk)
    return _answer_page(request, game, given, trouble=refused.sentence, status=409)


def _answer_page(request, game, given, *, trouble="", status=200):
    line = results.lines_of([given])[0]
    context = {"game": game, "line": line, "trouble": trouble}
    return render(request, "trivia/answer.html", context, status=status)
