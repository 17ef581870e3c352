"""The blog: its newest posts, its archives by year and month, its series, one post."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.models import Post, Series
from magazine.shortcuts import get_piece_or_404, nonempty_or_404, paginate, render_piece

YEARS = range(1900, 2200)
LISTS_THAT_MAY_BE_EMPTY = {"Blog", "Overheard"}


@require_safe
def post_list(request):
    return _render_list(request, Post.objects.published().newest_first(), title="Blog")


@require_safe
def overheard(request):
    posts = Post.objects.published().overheard().newest_first()
    return _render_list(request, posts, title="Overheard", kicker="Blog")


@require_safe
def year(request, year):
    if year not in YEARS:
        raise Http404
    posts = Post.objects.published().in_year(year).newest_first()
    return _render_list(request, posts, title=str(year), kicker="Blog, by year")


@require_safe
def month(request, year, month):
    if year not in YEARS or month not in range(1, 13):
        raise Http404
    posts = Post.objects.published().in_month(year, month).newest_first()
    return _render_list(request, posts, title=f"{date(year, month, 1):%B %Y}", kicker="Blog, by month")


@require_safe
def series(request, slug):
    series = get_object_or_404(Series, slug=slug)
    posts = Post.objects.published().in_series(series)
    return _render_list(request, posts, title=series.name, kicker="A series", dek=series.note)


@require_safe
def post_detail(request, slug):
    post = get_piece_or_404(Post.objects.for_page().select_related("series"), request, slug)
    context = {"neighbours": post.neighbours(), "related": post.related()}
    return render_piece(request, "blog/post_detail.html", post, context)


def _render_list(request, posts, **header):
    page = paginate(posts.for_cards().select_related("series"), request)
    context = {
        # The blog may be empty; an archive of nothing is no page.
        "page": nonempty_or_404(page) if header["title"] not in LISTS_THAT_MAY_BE_EMPTY else page,
        "months": Post.objects.published().months(),
        "all_series": Series.objects.all(),
        "kicker": "",
        "dek": "",
    }
    return render(request, "blog/post_list.html", context | header)
