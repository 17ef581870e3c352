"""An attempt of a player: its questions one by one, answers, flags, and the result."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from trivia import attempts, results
from trivia.choices import shuffled_choices
from trivia.forms import AnswerForm, FlagForm
from trivia.models import Answer, Attempt
from trivia.players import player_of
from trivia.views.quizzes import is_staff, player_view


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


def _own_attempt(request: HttpRequest, pk: int) -> Attempt | None:
    """The attempt, if it is of this browser's player and its quiz is published; else None."""
    player = player_of(request)
    own = Attempt.objects.with_subject().of(player) if player else Attempt.objects.none()
    attempt = own.filter(pk=pk).first()
    hidden = attempt and attempt.quiz and not attempt.quiz.is_published and not is_staff(request)
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
