"""Contributors' own pages, tags, and share cards."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from taggit.models import Tag

from magazine.cards import card_of, thing_called
from magazine.models import Article, Contributor
from magazine.pages import page_of, some_or_404
from magazine.ratings import Spread


@require_safe
def contributor_detail(request, slug):
    contributor = get_object_or_404(Contributor.objects.select_related("portrait"), slug=slug)
    pieces = Article.objects.published().by_contributor(contributor)
    context = {
        "contributor": contributor,
        "page": page_of(pieces.newest_first().for_cards(), request),
        "spread": Spread(pieces.rated_as()),
    }
    return render(request, "magazine/contributor_detail.html", context)


@require_safe
def tag_list(request):
    return render(request, "magazine/tag_list.html", {"tags": Article.objects.published().tags_used()})


@require_safe
def tag_detail(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    pieces = Article.objects.published().tagged(tag).newest_first().for_cards()
    return render(
        request, "magazine/tag_detail.html", {"tag": tag, "page": some_or_404(page_of(pieces, request))}
    )


@require_safe
def share_card(request, kind, slug, digest):
    thing = thing_called(kind, slug)
    if thing is None:
        raise Http404
    card = card_of(thing)
    if digest != card.digest:
        return redirect(card.address)
    headers = {"Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(card.file().open("rb"), content_type="image/jpeg", headers=headers)
