"""The page of a contest's official rules."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contest.models import Contest
from contest.official_rules import paragraphs, render_rules
from magazine.shortcuts import get_piece_or_404, render_piece


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The last stored version of the rules; for staff who see a draft, the rules as they would be."""
    contest = get_piece_or_404(Contest.objects.select_related("question_set"), request, slug)
    version = contest.current_rules
    text, summary = (version.text, version.summary) if version else _draft_rules(contest)
    context = {
        "version": version,
        "paragraphs": paragraphs(text),
        "summary": paragraphs(summary),
        "amendments": contest.amendments.all(),
    }
    return render_piece(request, "contest/rules.html", contest, context)


def _draft_rules(contest: Contest) -> tuple[str, str]:
    return (
        render_rules(contest) if contest.sources.all() else ("These rules lack the source of the draw.", "")
    )
