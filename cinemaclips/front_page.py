"""The front page: each slot shows the newest piece, unless an editor has pinned one."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from magazine.models import Article, Pin
from magazine.page_blocks import FRONT, place_blocks
from magazine.sections import merge_context, nav_sections


def front_page_context() -> dict[str, Any]:
    """
    The context of the front page; at most eleven queries, however many pieces there are.

    A slot without a piece is None or empty, and the template leaves it out.
    """
    sections = nav_sections()
    newest_wanted = {each.app_label: each.front_newest for each in sections if each.piece_model}
    newest = list(Article.objects.newest_per_section(newest_wanted).for_cards())
    pinned = _pinned()
    context = merge_context(section.front_context() for section in sections)
    featured = [value for value in context.values() if isinstance(value, Article)]
    leading_sections = {section.app_label for section in sections if section.may_lead}
    candidates = [piece for piece in newest if piece.section in leading_sections]
    lead = pinned.get(Pin.Slot.LEAD) or next(iter(candidates), None)
    second = pinned.get(Pin.Slot.SECOND) or _first_other(candidates, [lead, *featured])
    taken = {piece.pk for piece in (lead, second, *featured) if piece}
    by_section = _by_section(newest, taken)
    arranged = (section.arrange_front(by_section[section.app_label]) for section in sections)
    context |= {"lead": lead, "second": second} | merge_context(arranged)
    return context | {"blocks": place_blocks(FRONT, sections, context, by_section)}


def _by_section(newest: list[Article], taken: set[int]) -> dict[str, list[Article]]:
    """The newest pieces that are not `taken`, by the label of their section's app."""
    by_section: dict[str, list[Article]] = {section.app_label: [] for section in nav_sections()}
    for piece in newest:
        if piece.pk not in taken:
            by_section[piece.section].append(piece)
    return by_section


def _pinned() -> dict[str, Article]:
    """The pinned pieces that readers may see, by slot."""
    slots = Pin.objects.slots_by_article(timezone.now())
    pieces: Iterable[Article] = Article.objects.published().for_cards().filter(pk__in=slots) if slots else []
    return {slots[piece.pk]: piece for piece in pieces}


def _first_other(pieces: Iterable[Article], taken: Iterable[Article | None]) -> Article | None:
    """The first of `pieces` that is not among `taken`."""
    taken_pks = {piece.pk for piece in taken if piece}
    return next((piece for piece in pieces if piece.pk not in taken_pks), None)
