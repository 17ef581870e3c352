"""The search page, and suggestions while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cinemaclips.forms import SearchForm
from cinemaclips.search import search_everything, suggestions


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET if "q" in request.GET else None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "query": query, **search_everything(query, request)}
    return render(request, "search.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggestions in the OpenSearch format: a JSON list of the query and the list of titles."""
    query = request.GET.get("q", "")[:100]
    return JsonResponse(
        [query, suggestions(query)], safe=False, content_type="application/x-suggestions+json"
    )
