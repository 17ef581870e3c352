"""Quizzes: the list, a quiz with its leaderboard, its questions one by one, the sheets to print."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from films.models import Film
from magazine.shortcuts import get_piece_or_404, paginate, render_piece
from trivia import attempts, results, sheets
from trivia.choices import shuffled_choices
from trivia.forms import AnswerForm, FlagForm, StartForm
from trivia.leaderboards import board_of_quiz, leaders_on
from trivia.models import Answer, Attempt, Question, Quiz
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


@player_view
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the open question of the player's attempt, or its result. A POST answers the question."""
    attempt = _own_attempt(request, pk)
    if attempt is None:
        return _attempt_unknown(request)
    if request.method == "POST" and not attempt.is_finished:
        return _take_answer(request, attempt)
    return _next_page(request, attempt)


@require_safe
@cache_control(private=True)
def answer(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """An answered question of the attempt, with the right answer and the explanation."""
    attempt = _own_attempt(request, pk)
    if attempt is None:
        return _attempt_unknown(request)
    answer = get_object_or_404(
        attempt.answers.with_questions().prefetch_related("question__options"), position=position
    )
    return _answer_page(request, attempt, answer) if answer.is_answered else redirect(attempt)


@player_view
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def flag(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """The form that tells staff that a question is wrong."""
    attempt = _own_attempt(request, pk)
    if attempt is None:
        return _attempt_unknown(request)
    answer = get_object_or_404(
        attempt.answers.select_related("question"), position=position, answered_at__isnull=False
    )
    form = FlagForm(
        request.POST if request.method == "POST" else None, player=attempt.player, question=answer.question
    )
    if form.is_valid():
        form.save()
        return redirect("trivia:answer", pk, position)
    context = {"form": form, "answer": answer, "attempt": attempt}
    return render(request, "trivia/flag.html", context, status=422 if form.errors else 200)


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
    questions = sheets.sheet_questions(quiz) if played or _is_staff(request) else None
    return render_piece(request, "trivia/answer_sheet.html", quiz, {"questions": questions})


def _is_staff(request: HttpRequest) -> bool:
    """Whether the user is staff. Without a session cookie, does not touch the session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


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


def _own_attempt(request: HttpRequest, pk: int) -> Attempt | None:
    """The attempt, if it is of this browser's player and its quiz is published; else None."""
    player = player_of(request)
    own = Attempt.objects.with_subject().of(player) if player else Attempt.objects.none()
    attempt = own.filter(pk=pk).first()
    hidden = attempt and attempt.quiz and not attempt.quiz.is_published and not _is_staff(request)
    return None if hidden else attempt


def _attempt_unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "trivia/attempt_unknown.html", status=404)


def _next_page(
    request: HttpRequest,
    attempt: Attempt,
    *,
    error: str = "",
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the open question, or the result if all questions are answered."""
    answer = None if attempt.is_finished else attempts.serve_next_question(attempt)
    if answer is None:
        return render(
            request, "trivia/result.html", results.result_context(attempt) | {"error": error}, status=status
        )
    form = form or AnswerForm(**_form_arguments(attempt, answer))
    seconds_left = attempts.seconds_left(answer)
    context = {
        "attempt": attempt,
        "answer": answer,
        "seconds_left": seconds_left,
        "form": form,
        "error": error,
    }
    return render(request, "trivia/question.html", context, status=status)


def _form_arguments(attempt: Attempt, answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "choices": shuffled_choices(attempt.secret, answer.question),
        "token": attempts.token_for(answer),
    }


def _take_answer(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    try:
        answer = attempts.redeem_token(attempt, request.POST.get("token", ""))
        if "more" in request.POST:
            attempts.extend_time(attempt, answer)
            return redirect(attempt)
        form = AnswerForm(request.POST, **_form_arguments(attempt, answer))
        if not form.is_valid():
            return _next_page(request, attempt, form=form, status=422)
        attempts.store_answer(attempt, answer, form.submission)
    except attempts.AnswerRefused as refused:
        return _refusal_page(request, attempt, refused)
    return redirect("trivia:answer", attempt.pk, answer.position)


def _refusal_page(request: HttpRequest, attempt: Attempt, refused: attempts.AnswerRefused) -> HttpResponse:
    """Show why an answer was refused: with the stored answer, if there is one, else the open question."""
    if refused.stored_answer is None:
        return _next_page(request, attempt, error=refused.sentence, status=409)
    answer = (
        attempt.answers.with_questions()
        .prefetch_related("question__options")
        .get(pk=refused.stored_answer.pk)
    )
    return _answer_page(request, attempt, answer, error=refused.sentence, status=409)


def _answer_page(
    request: HttpRequest, attempt: Attempt, answer: Answer, *, error: str = "", status: int = 200
) -> HttpResponse:
    result = results.answer_results([answer])[0]
    context = {"attempt": attempt, "result": result, "error": error}
    return render(request, "trivia/answer.html", context, status=status)
