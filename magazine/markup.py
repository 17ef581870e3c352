"""
Rich text: the allow-list of elements, and the model field that applies it.

The body of a piece is HTML with a few standard elements and three of our own:

    <details><summary>what it spoils</summary>…</details>     a spoiler
    <figure data-photo="12"></figure>                         a picture from the library
    <aside data-film="metropolis-1927">Metropolis (1927)</aside>  a film card

It is cleaned before it is saved, whoever wrote it. Only `magazine.rendering` turns it into output.

A spoiler cannot contain another spoiler. The admin refuses a nested one; in an import, which validates no
form, it is merged into the outer one when the text is saved.
"""

import re
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorField

ALLOWED_TAGS = set(
    "p h2 h3 em strong s a ul ol li blockquote br hr sub sup cite details summary figure aside".split()
)
ALLOWED_ATTRIBUTES = {
    "a": {"href", "lang"},
    "em": {"lang"},
    "figure": {"data-photo"},
    "aside": {"data-film"},
}
DATA_ATTRIBUTE_VALUES = {"data-photo": re.compile(r"\d{1,9}"), "data-film": re.compile(r"[-\w]{1,120}")}
SYNONYMS = [(re.compile(rf"<(/?){old}\b", re.I), rf"<\1{new}") for old, new in (("b", "strong"), ("i", "em"))]
# Word and Google Docs write italics as a style; `clean` makes it an <em>.
STYLED_ITALIC = re.compile(r"<span\b[^>]*font-style:\s*italic[^>]*>(.*?)</span>", re.I | re.S)
DOCS_WRAPPER = re.compile(r"<b\b[^>]*font-weight:\s*normal[^>]*>(.*)</b>", re.I | re.S)
SPOILER_TAG = re.compile(r"(</?(?:details|summary)\b[^>]*>)")
NESTED_SPOILER = (
    "A spoiler stands inside another spoiler. End the first one before the second begins, or make them one."
)
EMPTY_EDGES = re.compile(r"(?:<p>(?:\s|&nbsp;|<br>)*</p>\s*)+\Z|\A\s*(?:<p>(?:\s|&nbsp;|<br>)*</p>\s*)+")


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name in DATA_ATTRIBUTE_VALUES:
        return value if DATA_ATTRIBUTE_VALUES[name].fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes=ALLOWED_ATTRIBUTES,
    attribute_filter=_filter_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    clean_content_tags={"script", "style", "template", "title", "xml"},
)


def clean(html: str) -> str:
    """`html` with allowed elements and attributes only. Cleaning it again changes nothing."""
    html = STYLED_ITALIC.sub(r"<em>\1</em>", DOCS_WRAPPER.sub(r"\1", html))
    for synonym, element in SYNONYMS:
        html = synonym.sub(element, html)
    return EMPTY_EDGES.sub("", _cleaner.clean(html))


def unnest_spoilers(html: str) -> str:
    """
    Cleaned `html` in which every nested spoiler is merged into the outer one.

    Its text stays hidden; its summary becomes a paragraph.
    """
    parts, depth = [], 0
    for part in SPOILER_TAG.split(html):
        is_border = part.startswith(("<details", "</details"))
        if part.startswith("<details"):
            depth += 1
        is_inner = depth > 1
        if part.startswith("</details"):
            depth -= 1
        if not is_inner:
            parts.append(part)
        elif not is_border:
            parts.append({"<summary>": "<p>", "</summary>": "</p>"}.get(part, part))
    return "".join(parts)


def refuse_nested_spoilers(html: str) -> None:
    """Raise `ValidationError` if a spoiler is inside another, also because that one was not closed."""
    cleaned = clean(html)
    if unnest_spoilers(cleaned) != cleaned:
        raise ValidationError(NESTED_SPOILER, code="nested_spoiler")


class ProseField(ProseEditorField):
    """Rich text that is cleaned when a form is validated, and again when the row is saved."""

    may_show_photos = True  # photos.photo_uses looks for photos in it
    default_validators = [refuse_nested_spoilers]
    EXTENSIONS = {
        "Bold": True,
        "Italic": True,
        "Heading": {"levels": [2, 3]},
        "Blockquote": True,
        "BulletList": True,
        "OrderedList": True,
        "ListItem": True,
        "HardBreak": True,
        "HorizontalRule": True,
        "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
        "SpecialCharacters": True,
        "Spoiler": True,
        "LibraryPhoto": True,
        "FilmCard": True,
        "CleanPaste": True,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", dict(self.EXTENSIONS))
        super().__init__(*args, sanitize=clean, **kwargs)

    def pre_save(self, instance: Any, add: bool) -> str:
        html = unnest_spoilers(clean(super().pre_save(instance, add)))
        setattr(instance, self.attname, html)
        return html


def allow_nothing_more(config: object, shared_config: object) -> None:
    """Add nothing to the editor's own allow-list, because `clean` is used instead of it. The setting
    DJANGO_PROSE_EDITOR_EXTENSIONS needs such a function for each extension."""
