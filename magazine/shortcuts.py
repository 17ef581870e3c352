"""What every section's views share: a page of a list, and a piece with its preview rules."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers

from films.models import Credit
from magazine.sections import merge_context, sections


class Page:
    """
    One page of a list, found without counting the whole list.

    `items` are at most `size`; `previous` and `next` are page numbers or None.
    """

    def __init__(self, items, number, size):
        start = (number - 1) * size
        fetched = list(items[start : start + size + 1])
        self.items, self.number = fetched[:size], number
        self.previous = number - 1 if number > 1 else None
        self.next = number + 1 if len(fetched) > size else None

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def paginate(items, request, size=20):
    """The page the reader asked for; a nonsense number gets page one, a page past the end a 404."""
    number = request.GET.get("page", "1")
    number = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    page = Page(items, max(number, 1), size)
    if not page.items and page.number > 1:
        raise Http404
    return page


def nonempty_or_404(page):
    """`page`, unless it is empty: a list of nothing but secrets must look like no list."""
    if not page.items:
        raise Http404
    return page


def get_piece_or_404(pieces, request, slug):
    """
    The piece at this address that the reader may see; staff also get drafts and scheduled ones.

    Who is asking is looked up only when the piece is not out, so public pages need no session.
    """
    piece = pieces.reachable().filter(slug=slug).first()
    return piece or get_object_or_404(pieces.visible_to(request.user), slug=slug)


def related_context(piece):
    """
    What stands beside a review: the film's credits, other views of it, related pieces; two queries.

    And what other sections add: `Section.related_context`.
    """
    related = piece.related()
    from_sections = merge_context(section.related_context(piece) for section in sections())
    return from_sections | {
        "credits": Credit.by_role(piece.film_credits),
        "other_reviews": [other for other in related if other.shares_section_and_film(piece)],
        "related": [other for other in related if not other.shares_section_and_film(piece)],
    }


def render_piece(request, template, piece, context):
    """The page of a piece. A preview is never stored; no search engine may list it or an unlisted piece."""
    response = render(request, template, context | {"article": piece})
    if not piece.is_published:
        add_never_cache_headers(response)
    if not piece.is_listed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
