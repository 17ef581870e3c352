"""Shortcuts for the views of sections: paginate a list, get a piece, render its page."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers

from films.models import Credit
from magazine.models import Article, ArticleQuerySet
from magazine.page_blocks import RATED_PIECE
from magazine.sections import add_sections


class Page:
    """
    One page of a list: up to `size` items, and the numbers of the previous and the next page or None.

    The list is not counted: one item more than `size` is fetched, and if it is there, a next page is.
    """

    def __init__(self, items: QuerySet[Any], number: int, size: int) -> None:
        start = (number - 1) * size
        fetched = list(items[start : start + size + 1])
        self.items, self.number = fetched[:size], number
        self.previous = number - 1 if number > 1 else None
        self.next = number + 1 if len(fetched) > size else None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def paginate(items: QuerySet[Any], request: HttpRequest, size: int = 20) -> Page:
    """
    The page that the query parameter `page` names.

    A value that is no page number gives page 1. Raises Http404 for a page after the last one.
    """
    value = request.GET.get("page", "1")
    is_number = value.isascii() and value.isdigit() and len(value) < 7
    page = Page(items, max(int(value), 1) if is_number else 1, size)
    if not page.items and page.number > 1:
        raise Http404
    return page


def nonempty_or_404(page: Page) -> Page:
    """
    `page`; raises Http404 if it is empty.

    For lists such as a tag: if all its pieces are unpublished, the page must look as if there was none.
    """
    if not page.items:
        raise Http404
    return page


def get_piece_or_404[P: Article](pieces: ArticleQuerySet[P], request: HttpRequest, slug: str) -> P:
    """
    The piece with this slug, if the user may see it. Staff also see drafts and scheduled pieces.

    `request.user` is read only if the piece is not published, so that public pages need no session.
    """
    piece = pieces.reachable().filter(slug=slug).first()
    return piece or get_object_or_404(pieces.visible_to(request.user), slug=slug)


def related_context(piece: Article) -> dict[str, Any]:
    """
    Template context for a review: the film's credits, other reviews of it, related pieces; two queries.

    Other sections add context by `Section.related_context`, and blocks.
    """
    related = piece.related()
    context = {
        "credits": Credit.by_role(piece.film_credits),
        "other_reviews": [other for other in related if other.shares_section_and_film(piece)],
        "related": [other for other in related if not other.shares_section_and_film(piece)],
    }
    return add_sections(RATED_PIECE, context, lambda section: section.related_context(piece))


def render_piece(
    request: HttpRequest, template: str, piece: Article, context: dict[str, Any]
) -> HttpResponse:
    """
    The page of a piece; the template gets it as `article`.

    The page of a piece that is not published may not be cached. Search engines are asked not to index
    it, and neither the page of an unlisted piece.
    """
    response = render(request, template, context | {"article": piece})
    if not piece.is_published:
        add_never_cache_headers(response)
    if not piece.is_listed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
