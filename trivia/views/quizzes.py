"""Quizzes: the list, a quiz with its leaderboard, three questions on a film, the sheets to print."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from films.models import Film
from magazine.shortcuts import get_piece_or_404, paginate, render_piece
from trivia import attempts, sheets
from trivia.forms import StartForm
from trivia.leaderboards import board_of_quiz, leaders_on
from trivia.models import Question, Quiz
from trivia.players import TOO_MANY_NEW_PLAYERS, new_player, player_of, set_player_cookie
from trivia.related_context import QUESTIONS_A_FILM

NO_QUESTIONS = "There is nothing to ask here just now. Please come back another day."
TOO_MANY_ATTEMPTS = "You have begun very many games in this hour. Please go on in a while."
# No CSRF token: it would need a cookie before a game begins, and nobody is logged in. A request from
# another site carries no player cookie (SameSite), and an answer needs the token of its question.
player_view = csrf_exempt

type PageView = Callable[..., HttpResponse]


@require_safe
def quiz_list(request: HttpRequest) -> HttpResponse:
    page = paginate(Quiz.objects.published().newest_first().for_cards(), request)
    return render(request, "trivia/quiz_list.html", {"page": page})


@player_view
@require_http_methods(["GET", "HEAD", "POST"])
def quiz_detail(request: HttpRequest, slug: str) -> HttpResponse:
    quiz = get_piece_or_404(Quiz.objects.for_page(), request, slug)
    if request.method == "POST":
        return _begin_attempt(request, quiz, is_ranked=quiz.is_listed, page_view=_quiz_page)
    return _quiz_page(request, quiz)


@player_view
@require_http_methods(["GET", "HEAD", "POST"])
def on_film(request: HttpRequest, slug: str) -> HttpResponse:
    """The page to begin three questions on a film; reviews of the film link to it."""
    film = get_object_or_404(Film, slug=slug)
    if request.method == "POST":
        return _begin_attempt(request, film, is_ranked=False, page_view=_film_page)
    return _film_page(request, film)


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The quiz on paper: questions, with space to write."""
    quiz = get_piece_or_404(Quiz.objects.select_related("film"), request, slug)
    return render_piece(request, "trivia/sheet.html", quiz, {"questions": sheets.sheet_questions(quiz)})


@require_safe
@cache_control(private=True)
def answer_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers on paper, for players who have finished the quiz and for staff."""
    quiz = get_piece_or_404(Quiz.objects.select_related("film"), request, slug)
    player = player_of(request)
    played = player and quiz.attempts.of(player).filter(finished_at__isnull=False).exists()
    questions = sheets.sheet_questions(quiz) if played or is_staff(request) else None
    return render_piece(request, "trivia/answer_sheet.html", quiz, {"questions": questions})


def is_staff(request: HttpRequest) -> bool:
    """Whether the user may see quizzes at the desk. Without a session cookie, does not touch the session."""
    has_login = settings.SESSION_COOKIE_NAME in request.COOKIES
    return has_login and request.user.is_staff and request.user.has_perm("trivia.view_quiz")


def _quiz_page(request: HttpRequest, quiz: Quiz, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": StartForm(),
        "question_count": quiz.questions.count(),
        "leaders": leaders_on(board_of_quiz(quiz.pk)),
        "related": quiz.related(),
        "error": error,
    }
    response = render_piece(request, "trivia/quiz_detail.html", quiz, context)
    response.status_code = status
    return response


def _film_page(request: HttpRequest, film: Film, *, error: str = "", status: int = 200) -> HttpResponse:
    questions = list(Question.objects.live().about(film)[:QUESTIONS_A_FILM])
    if not questions:
        raise Http404
    context = {"film": film, "questions": questions, "error": error}
    return render(request, "trivia/on_film.html", context, status=status)


def _begin_attempt(
    request: HttpRequest, subject: Quiz | Film, *, is_ranked: bool, page_view: PageView
) -> HttpResponse:
    player = player_of(request) or new_player(request)
    if player is None or attempts.hit_attempt_limit(player):
        return page_view(
            request, subject, error=TOO_MANY_ATTEMPTS if player else TOO_MANY_NEW_PLAYERS, status=429
        )
    form = StartForm(request.POST)
    clock = (form.cleaned_data["clock"] or 0) if form.is_valid() else 0
    attempt = attempts.begin(player, subject, clock, is_ranked=is_ranked)
    if attempt is None:
        return page_view(request, subject, error=NO_QUESTIONS, status=409)
    response = redirect(attempt)
    set_player_cookie(response, player)
    return response
