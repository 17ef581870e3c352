"""The room's front: facts, newest first."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from magazine.pages import page_of
from trivia.models import Fact

SHELF = 24


@require_safe
def fact_list(request):
    facts = Fact.objects.published().newest_first().with_subjects()
    return render(request, "trivia/fact_list.html", {"page": page_of(facts, request, SHELF)})
