"""Trivia's front page, the sources of the questions, the rulings, and the leaderboards."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from magazine.shortcuts import paginate
from trivia.leaderboards import ALL_TIME, board_of_week, leaders_on, week_start
from trivia.models import Fact, Puzzle, Question, Quiz, Ruling

FACTS_PER_PAGE, QUIZZES_SHOWN, RULINGS_PER_PAGE, LEADERS_SHOWN = 24, 6, 30, 5
LICENCE_URLS = {  # the text of each licence
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    facts = Fact.objects.published().newest_first().with_subjects()
    context = {
        "page": paginate(facts, request, FACTS_PER_PAGE),
        "puzzle": Puzzle.objects.today(),
        "quizzes": list(Quiz.objects.published().newest_first().for_cards()[:QUIZZES_SHOWN]),
        "leaders": leaders_on(board_of_week(week_start(timezone.now())))[:LEADERS_SHOWN],
    }
    return render(request, "trivia/front.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Authors and licences of the live questions, grouped from the question bank."""
    terms = [
        (Question.Licence(licence), LICENCE_URLS.get(licence, ""), author, count)
        for licence, author, count in Question.objects.live().by_terms()
    ]
    return render(request, "trivia/sources.html", {"terms": terms})


@require_safe
def rulings(request: HttpRequest) -> HttpResponse:
    page = paginate(Ruling.objects.newest_first().with_subjects(), request, RULINGS_PER_PAGE)
    return render(request, "trivia/rulings.html", {"page": page})


@require_safe
def leaderboards(request: HttpRequest) -> HttpResponse:
    monday = week_start(timezone.now())
    boards = [
        ("This week", f"from {monday:%-d %B}", leaders_on(board_of_week(monday))),
        ("Last week", "", leaders_on(board_of_week(monday - timedelta(days=7)))),
        ("All time", "", leaders_on(ALL_TIME)),
    ]
    return render(request, "trivia/leaderboards.html", {"boards": boards})
