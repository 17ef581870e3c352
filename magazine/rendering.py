"""
Rendering of rich text for a given audience; no other module turns rich text into output.

A spoiler is a <details> element on the page and "[spoiler]" for every other audience. Only this module
may call `mark_safe`, because the HTML that it renders has been through `magazine.markup.clean`.
"""

import json
import re
from collections.abc import Mapping
from enum import Enum
from html import unescape
from typing import Any

import nh3
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from photos.models import Photo
from photos.templatetags.photos import figure

SPOILER_TEXT = "[spoiler]"
DETAILS = re.compile(r"(</?details\b[^>]*>)")
FIGURE = re.compile(r'<figure data-photo="(\d+)">.*?</figure>', re.S)
FILM_CARD = re.compile(r'<aside data-film="([-\w]+)">(.*?)</aside>', re.S)
BLOCK_END = re.compile(r"(<br>|</(?:p|h2|h3|li|blockquote|summary|aside|figure)>)")
SITE_RELATIVE_URL = re.compile(r'\b(href|src)="/')
PAGE_FIGURE, PLAIN_FIGURE = "photos/partials/figure.html", "photos/partials/plain_figure.html"


class Audience(Enum):
    """For whom a text is rendered."""

    PAGE = "page"
    PRINT = "print"
    FEED = "feed"
    MAIL = "mail"
    SUMMARY = "summary"
    SEARCH = "search"


HTML_AUDIENCES = {Audience.PAGE, Audience.PRINT, Audience.FEED, Audience.MAIL}
OFF_SITE_AUDIENCES = {Audience.FEED, Audience.MAIL}


def render(html: str, audience: Audience, *, photos: Mapping[int, Photo] | None = None) -> str:
    """
    `html` for `audience`: safe HTML, or plain text for SUMMARY and SEARCH.

    `photos` are the photos that it shows, by primary key; without them they are fetched. In feeds and
    mails a photo is one plain <img>, and every URL is absolute.
    """
    if audience is not Audience.PAGE:
        html = without_spoilers(html, "" if audience is Audience.SEARCH else f"<p>{SPOILER_TEXT}</p>")
    if audience not in HTML_AUDIENCES:
        return as_text(html)
    if photos is None:
        photos = photos_in(html)
    template = PLAIN_FIGURE if audience in OFF_SITE_AUDIENCES else PAGE_FIGURE
    html = FIGURE.sub(lambda match: _render_figure(photos.get(int(match[1])), template), html)
    html = FILM_CARD.sub(lambda match: _render_film_card(match[1], as_text(match[2])), html)
    if audience in OFF_SITE_AUDIENCES:
        html = SITE_RELATIVE_URL.sub(rf'\1="{settings.SITE_URL}/', html)
    return mark_safe(html)  # noqa: S308 - cleaned when it was saved; see the module's docstring


def json_ld_script(*items: dict[str, Any]) -> SafeString:
    """schema.org items as one <script> of JSON-LD; no text in it can end the element."""
    graph = json.dumps({"@context": "https://schema.org", "@graph": items}, ensure_ascii=False)
    for character in "<>&":
        graph = graph.replace(character, f"\\u{ord(character):04X}")
    block = f'<script type="application/ld+json">{graph}</script>'
    return mark_safe(block)  # noqa: S308 - escaped just above


def without_spoilers(html: str, replacement: str) -> str:
    """`html` with every spoiler replaced, nested and unclosed ones too."""
    shown, depth = [], 0
    for part in DETAILS.split(html):
        if part.startswith("<details"):
            if not depth:
                shown.append(replacement)
            depth += 1
        elif part.startswith("</details"):
            depth = max(depth - 1, 0)
        elif not depth:
            shown.append(part)
    return "".join(shown)


def as_text(html: str) -> str:
    """The text of `html` without elements, on one line."""
    bare = nh3.clean(BLOCK_END.sub(r"\1 ", html), tags=set())
    return " ".join(unescape(bare).split())


def photos_in(*texts: str) -> dict[int, Photo]:
    """The usable photos that the texts show, by primary key; one query, or none if they show no photo."""
    pks = {int(pk) for html in texts for pk in FIGURE.findall(html)}
    return Photo.objects.usable().in_bulk(pks) if pks else {}


def _render_figure(photo: Photo | None, template: str) -> str:
    return render_to_string(template, figure(photo)) if photo else ""


def _render_film_card(slug: str, title: str) -> str:
    return format_html(
        '<aside class="film-card"><a href="{}"><img src="{}" width="80" height="120" alt="" '
        'loading="lazy">{}</a></aside>',
        reverse("film", args=[slug]),
        reverse("films:art", args=[slug]),
        title,
    )
