"""The list of tags, and the pieces with a tag."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from taggit.models import Tag

from magazine.models import Article
from magazine.shortcuts import nonempty_or_404, paginate


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    return render(request, "magazine/tag_list.html", {"tags": Article.objects.published().tag_counts()})


@require_safe
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    pieces = Article.objects.published().tagged(tag).newest_first().for_cards()
    return render(
        request, "magazine/tag_detail.html", {"tag": tag, "page": nonempty_or_404(paginate(pieces, request))}
    )
