"""The list of interviews, and an interview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interviews.models import Interview, films_discussed
from magazine.rendering import photos_in
from magazine.shortcuts import get_piece_or_404, paginate, render_piece


@require_safe
def interview_list(request: HttpRequest) -> HttpResponse:
    interviews = Interview.objects.published().newest_first().for_cards()
    return render(request, "interviews/interview_list.html", {"page": paginate(interviews, request)})


@require_safe
def interview_detail(request: HttpRequest, slug: str) -> HttpResponse:
    interview = get_piece_or_404(Interview.objects.for_page(), request, slug)
    turns = list(interview.turns.for_page())
    context = {
        "turns": turns,
        "guests": interview.guests(turns),
        "films": films_discussed(interview),
        "related": interview.related(),
        "photos": photos_in(interview.body, *(turn.text for turn in turns), interview.afterword),
    }
    return render_piece(request, "interviews/interview_detail.html", interview, context)
