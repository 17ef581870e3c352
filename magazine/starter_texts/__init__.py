"""
The texts a new magazine starts with: how we rate, ethics, privacy and the rest, for staff to change.

A file holds `name: value` lines, a rule, and paragraphs with "## headings" and **strong** words.
"""

import re
from pathlib import Path

from django.utils.html import escape

from magazine.models import StaticPage

FOLDER = Path(__file__).parent
STRONG = re.compile(r"\*\*(.+?)\*\*")


def create_missing_pages():
    """Enter every starter text that has no page yet; what staff have changed stays as it is."""
    existing_slugs = set(StaticPage.objects.values_list("slug", flat=True))
    for path in sorted(FOLDER.glob("*.txt")):
        if path.stem not in existing_slugs:
            StaticPage.objects.create(slug=path.stem, **parse(path.read_text()))


def parse(text):
    """The fields of a page from the text of its file."""
    head, _, body = text.partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields | {"body": "".join(map(_block_html, body.strip().split("\n\n")))}


def _block_html(paragraph):
    if paragraph.startswith("## "):
        return f"<h2>{escape(paragraph[3:])}</h2>"
    return f"<p>{STRONG.sub(r'<strong>\1</strong>', escape(paragraph))}</p>"
