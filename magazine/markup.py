"""
Rich text: the allow-list of elements, and the model field that applies it.

The body of a piece is HTML with a few standard elements and three of our own:

    <details><summary>what it spoils</summary>…</details>     a spoiler
    <figure data-photo="12"></figure>                         a picture from the library
    <aside data-film="metropolis-1927">Metropolis (1927)</aside>  a film card

It is cleaned on the way in, whoever writes it. `magazine.rendering` alone turns it into output.
"""

import re
from typing import Any

import nh3
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


class ProseField(ProseEditorField):
    """Rich text that is cleaned when a form is validated, and again when the row is saved."""

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
        html = clean(super().pre_save(instance, add))
        setattr(instance, self.attname, html)
        return html


def allow_nothing_more(config: object, shared_config: object) -> None:
    """Add nothing to the editor's own allow-list, because `clean` is used instead of it. The setting
    DJANGO_PROSE_EDITOR_EXTENSIONS needs such a function for each extension."""
