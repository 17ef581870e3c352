"""
The texts a new magazine starts with: how we rate, ethics, privacy and the rest, for staff to change.

A file holds `name: value` lines, a rule, and paragraphs with "## headings" and **strong** words.
"""

import re
from pathlib import Path

from django.utils.html import escape

from magazine.models import StandingPage

HERE = Path(__file__).parent
STRONG = re.compile(r"\*\*(.+?)\*\*")


def write_missing():
    """Enter every starter text that has no page yet; what staff have changed stays as it is."""
    there = set(StandingPage.objects.values_list("slug", flat=True))
    for path in sorted(HERE.glob("*.txt")):
        if path.stem not in there:
            StandingPage.objects.create(slug=path.stem, **read(path.read_text()))


def read(text):
    """The fields of a page from the text of its file."""
    head, _, body = text.partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields | {"body": "".join(map(_block, body.strip().split("\n\n")))}


def _block(paragraph):
    if paragraph.startswith("## "):
        return f"<h2>{escape(paragraph[3:])}</h2>"
    return f"<p>{STRONG.sub(r'<strong>\1</strong>', escape(paragraph))}</p>"
