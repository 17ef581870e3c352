"""The list of reviews with its filters, and a review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from magazine.facets import apply_facets
from magazine.shortcuts import get_piece_or_404, paginate, related_context, render_piece
from reviews.facets import FILTERS, review_facets
from reviews.models import Review

PAGE_SIZE = 17  # the newest large, the others in pairs


@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    reviews = Review.objects.published()
    facets = review_facets(reviews, request.GET)
    page = paginate(apply_facets(reviews, facets, FILTERS).newest_first().for_cards(), request, PAGE_SIZE)
    return render(request, "reviews/review_list.html", {"page": page, "facets": facets})


@require_safe
def review_detail(request: HttpRequest, slug: str) -> HttpResponse:
    review = get_piece_or_404(Review.objects.for_page(), request, slug)
    return render_piece(request, "reviews/review_detail.html", review, related_context(review))
