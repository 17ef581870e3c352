"""The pages of contributors and tags, and share cards."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from taggit.models import Tag

from magazine.models import Article, Contributor
from magazine.ratings import RatingDistribution
from magazine.sections import merge_context, sections
from magazine.share_cards import find_subject, share_card_for
from magazine.shortcuts import nonempty_or_404, paginate


@require_safe
def contributor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    contributor = get_object_or_404(Contributor.objects.select_related("portrait"), slug=slug)
    pieces = Article.objects.published().by_contributor(contributor)
    context = {
        "contributor": contributor,
        "page": paginate(pieces.newest_first().for_cards(), request),
        "ratings": RatingDistribution(pieces.rating_counts()),
    }
    context |= merge_context(section.contributor_context(contributor) for section in sections())
    return render(request, "magazine/contributor_detail.html", context)


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


@require_safe
def share_card(request: HttpRequest, kind: str, slug: str, digest: str) -> HttpResponseBase:
    subject = find_subject(kind, slug)
    if subject is None:
        raise Http404
    card = share_card_for(subject)
    if digest != card.digest:
        return redirect(card.url)
    headers = {"Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(card.jpeg_path().open("rb"), content_type="image/jpeg", headers=headers)
