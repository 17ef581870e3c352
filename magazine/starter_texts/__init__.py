"""
Starter texts: the static pages of a new magazine, such as ethics and privacy. Staff may change them.

A file consists of `name: value` lines, a line "---", and paragraphs with "## headings" and **strong**
words.
"""

import re
from pathlib import Path

from django.utils.html import escape

from magazine.models import StaticPage

FOLDER = Path(__file__).parent
STRONG = re.compile(r"\*\*(.+?)\*\*")


def create_missing_pages() -> None:
    """Create a static page for each starter text that has none. Existing pages are not changed."""
    existing_slugs = set(StaticPage.objects.values_list("slug", flat=True))
    for path in sorted(FOLDER.glob("*.txt")):
        if path.stem not in existing_slugs:
            StaticPage.objects.create(slug=path.stem, **parse(path.read_text()))


def parse(text: str) -> dict[str, str]:
    """The fields of a `StaticPage`, from the text of a file."""
    head, _, body = text.partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields | {"body": "".join(map(_block_html, body.strip().split("\n\n")))}


def _block_html(paragraph: str) -> str:
    if paragraph.startswith("## "):
        return f"<h2>{escape(paragraph[3:])}</h2>"
    return f"<p>{STRONG.sub(r'<strong>\1</strong>', escape(paragraph))}</p>"
