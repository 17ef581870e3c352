"""The page of a contributor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from magazine.models import Article, Contributor
from magazine.page_blocks import CONTRIBUTOR_PAGE
from magazine.ratings import RatingDistribution
from magazine.sections import add_sections
from magazine.shortcuts import paginate


@require_safe
def contributor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    contributor = get_object_or_404(Contributor.objects.select_related("portrait"), slug=slug)
    pieces = Article.objects.published().by_contributor(contributor)
    context = {
        "contributor": contributor,
        "page": paginate(pieces.newest_first().for_cards(), request),
        "ratings": RatingDistribution(pieces.rating_counts()),
    }
    context = add_sections(
        CONTRIBUTOR_PAGE, context, lambda section: section.contributor_context(contributor)
    )
    return render(request, "magazine/contributor_detail.html", context)
