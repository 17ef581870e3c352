"""Contributors' own pages."""

from django.db.models import Avg, Count
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from magazine.models import Article, Contributor
from magazine.pages import page_of


@require_safe
def contributor_detail(request, slug):
    contributor = get_object_or_404(Contributor.objects.select_related("portrait"), slug=slug)
    pieces = Article.objects.published().by_contributor(contributor)
    ratings = pieces.aggregate(average=Avg("half_stars"), rated=Count("half_stars"))
    context = {
        "contributor": contributor,
        "page": page_of(pieces.newest_first().for_cards(), request),
        "rated": ratings["rated"],
        "average": ratings["average"] and round(ratings["average"]),
    }
    return render(request, "magazine/contributor_detail.html", context)
