"""Views of the newest posts, the archives by year and month, a series, and one post."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.models import Post, PostQuerySet, Series
from magazine.shortcuts import get_piece_or_404, nonempty_or_404, paginate, render_piece

YEARS = range(1900, 2200)
LISTS_THAT_MAY_BE_EMPTY = {"Blog", "Overheard"}


@require_safe
def post_list(request: HttpRequest) -> HttpResponse:
    return _render_list(request, Post.objects.published().newest_first(), title="Blog")


@require_safe
def overheard(request: HttpRequest) -> HttpResponse:
    posts = Post.objects.published().overheard().newest_first()
    return _render_list(request, posts, title="Overheard", kicker="Blog")


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    if year not in YEARS:
        raise Http404
    posts = Post.objects.published().in_year(year).newest_first()
    return _render_list(request, posts, title=str(year), kicker="Blog, by year")


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    if year not in YEARS or month not in range(1, 13):
        raise Http404
    posts = Post.objects.published().in_month(year, month).newest_first()
    return _render_list(request, posts, title=f"{date(year, month, 1):%B %Y}", kicker="Blog, by month")


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    series = get_object_or_404(Series, slug=slug)
    posts = Post.objects.published().in_series(series)
    return _render_list(request, posts, title=series.name, kicker="A series", dek=series.note)


@require_safe
def post_detail(request: HttpRequest, slug: str) -> HttpResponse:
    post = get_piece_or_404(Post.objects.for_page().select_related("series"), request, slug)
    context = {"neighbours": post.neighbours(), "related": post.related()}
    return render_piece(request, "blog/post_detail.html", post, context)


def _render_list(request: HttpRequest, posts: PostQuerySet, **header: str) -> HttpResponse:
    page = paginate(posts.for_cards().select_related("series"), request)
    context = {
        # The blog itself may be empty; an archive without posts is a 404.
        "page": nonempty_or_404(page) if header["title"] not in LISTS_THAT_MAY_BE_EMPTY else page,
        "months": Post.objects.published().months(),
        "all_series": Series.objects.all(),
        "kicker": "",
        "dek": "",
    }
    return render(request, "blog/post_list.html", context | header)
