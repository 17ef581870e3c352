"""
Parses one page of an old site, in any encoding, with layout by tables, fonts and frames, and broken HTML.

`html5lib` reads it as a browser would. The result is the title, the text as plain markup, the links and
pictures in it, and the entries of the page's nav.
"""

import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

# Elements without text of the page.
SKIPPED_TAGS = {"script", "style", "noscript", "form", "object", "embed", "applet", "map", "head", "iframe"}
HEADING_TAGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
BLOCK_TAGS = set(
    "p div center td th tr table tbody blockquote ul ol li dl dt dd pre hr address section main".split()
)
OUTPUT_TAGS = dict.fromkeys(BLOCK_TAGS, "p") | {"li": "li", "blockquote": "blockquote"} | HEADING_TAGS
INLINE_TAGS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "sub": "sub",
    "sup": "sup",
}
NAV_MAX_WORDS = 4  # a link with more words is not an entry of a nav
NAV_MIN_LINKS = 4  # this many short links in a row are a nav
CREDIT = re.compile(r"\bphotos?\s*(?:by|:|©|courtesy(?: of)?)\s*([^.|\n<]{3,80})", re.I)
BYLINE = re.compile(r"^\s*[Bb]y\s+([A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3})\s*$", re.M)


@dataclass
class OldPicture:
    """A picture on an old page: the path of its file, and its alternative text and caption."""

    path: str
    alt: str = ""


@dataclass
class OldPage:
    """The parts of an old page. `path` is its path from the root of the old site."""

    path: str
    title: str
    html: str
    pictures: list = field(default_factory=list)
    nav: list = field(default_factory=list)
    byline: str = ""
    credit: str = ""
    frames: list = field(default_factory=list)

    @property
    def words(self) -> int:
        return len(re.sub(r"<[^>]+>", " ", self.html).split())


def parse_page(data: bytes, path: str) -> OldPage:
    """Parse the bytes of the file at `path`. Never raises an exception, whatever the file contains."""
    tree = html5lib.parse(data.replace(b"\0", b""), namespaceHTMLElements=False, **_encoding_options(data))
    frames = [frame.get("src", "") for frame in tree.iter("frame")]
    body = tree.find("body")
    writer = _MarkupWriter(path)
    if body is not None:
        writer.write(body)
    html = writer.finish()
    text = re.sub(r"<[^>]+>", "\n", html)
    byline, credit = BYLINE.search(text), CREDIT.search(text)
    return OldPage(
        path=path,
        title=_page_title(tree, writer),
        html=html,
        pictures=writer.pictures,
        nav=writer.nav,
        byline=byline[1] if byline else "",
        credit=" ".join(credit[1].split()) if credit else "",
        frames=[urljoin(path, source) for source in frames],
    )


def _encoding_options(data: bytes) -> dict[str, str]:
    """
    The encoding, as options for html5lib.

    UTF-8 if the bytes are valid UTF-8; else what the page declares; else windows-1252, as in browsers.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return {}
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return {}
    return {"override_encoding": "utf-8"}


def _page_title(tree: Element, writer: "_MarkupWriter") -> str:
    """The first heading of the page, else its <title> without the name of the site."""
    if writer.heading:
        return writer.heading[:200]
    title = " ".join("".join(tree.findtext("head/title") or "").split())
    return re.split(r"\s+[-|–—:]{1,2}\s+|\s*::\s*", title)[0][:200]


class _MarkupWriter:
    """Walks the element tree and writes paragraphs, headings, lists, emphasis, links and pictures."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.blocks: list[tuple[str, str]] = []
        self.line: list[str] = []
        self.wrap = "p"
        self.pictures: list[OldPicture] = []
        self.nav: list[tuple[str, str]] = []
        self.heading = ""

    def write(self, element: Element) -> None:
        tag = str(element.tag)  # html5lib gives a comment a function as its tag
        if tag in SKIPPED_TAGS or tag.startswith("<"):
            self._add_text(element.tail)
            return
        if self._is_nav(element):
            self.nav += [
                (_text(link), unquote(urljoin(self.path, link.get("href", ""))))
                for link in element.iter("a")
                if link.get("href")
            ]
        else:
            self._write_element(element, tag)
        self._add_text(element.tail)

    def _write_element(self, element: Element, tag: str) -> None:
        if tag in OUTPUT_TAGS:
            self._write_block(element, OUTPUT_TAGS[tag])
        elif tag == "br":
            self.line.append("<br>")
        elif tag == "img":
            self._write_picture(element)
        elif tag in INLINE_TAGS:
            self._write_inline(element, f"<{INLINE_TAGS[tag]}>", f"</{INLINE_TAGS[tag]}>")
        elif tag == "a" and _has_target(element):
            href = escape(urljoin(self.path, element.get("href", "").strip()))
            self._write_inline(element, f'<a href="{href}">', "</a>")
        else:
            self._write_children(element)

    def _write_children(self, element: Element) -> None:
        self._add_text(element.text)
        for child in element:
            self.write(child)

    def _write_inline(self, element: Element, before: str, after: str) -> None:
        if any(
            child.tag in BLOCK_TAGS or child.tag in HEADING_TAGS
            for child in element.iter()
            if child is not element
        ):
            self._write_children(element)  # emphasis around block elements was used for layout
            return
        self.line.append(before)
        self._write_children(element)
        self.line.append(after)

    def _write_block(self, element: Element, wrap: str) -> None:
        self._end_line()
        outer, self.wrap = self.wrap, wrap
        self._write_children(element)
        self._end_line()
        self.wrap = outer

    def _add_text(self, text: str | None) -> None:
        if text and text.strip():
            self.line.append(escape(re.sub(r"\s+", " ", text), quote=False))
        elif text and self.line:
            self.line.append(" ")

    def _end_line(self) -> None:
        """Close the paragraph. Two <br> in a row separate paragraphs, as old pages used them."""
        html, self.line = "".join(self.line), []
        for part in re.split(r"(?:\s*<br>\s*){2,}", html):
            part = re.sub(r"^(?:\s|<br>)+|(?:\s|<br>)+$", "", part)
            plain = " ".join(re.sub(r"<[^>]+>", " ", part).split())
            if not plain:
                continue
            if self.wrap in ("h2", "h3") and not self.heading:
                self.heading = _unescape(plain)
            else:
                self.blocks.append((self.wrap, part))

    def _write_picture(self, element: Element) -> None:
        source = unquote(urljoin(self.path, element.get("src", "").strip()))
        small = any((_parse_int(element.get(side, "")) or 0) in range(1, 60) for side in ("width", "height"))
        if source and not small and not urlsplit(source).netloc:
            self._end_line()
            self.pictures.append(OldPicture(source, " ".join(element.get("alt", "").split())))
            self.blocks.append(("picture", str(len(self.pictures) - 1)))

    def _is_nav(self, element: Element) -> bool:
        """Whether the element is a row of short links with hardly any other text."""
        if element.tag == "body" or element.tag in INLINE_TAGS:
            return False
        links = [link for link in element.iter("a") if link.get("href")]
        short = [link for link in links if 0 < len(_text(link).split()) <= NAV_MAX_WORDS]
        linked = sum(len(_text(link).split()) for link in links)
        return len(short) >= NAV_MIN_LINKS and len(_text(element).split()) <= linked * 1.5 + 4

    def finish(self) -> str:
        """The text as markup, with `{{picture N}}` in the place of picture N."""
        self._end_line()
        html, in_list = [], False
        for wrap, part in self.blocks:
            if (wrap == "li") != in_list:
                in_list = not in_list
                html.append("<ul>" if in_list else "</ul>")
            html.append(_wrap(wrap, part))
        return "".join(html) + ("</ul>" if in_list else "")


def _has_target(link: Element) -> bool:
    """Whether a link leads to a page; old pages used some links to run scripts."""
    href = link.get("href", "")
    return bool(href) and not href.strip().lower().startswith("javascript:")


def _wrap(wrap: str, part: str) -> str:
    if wrap == "picture":
        return f"{{{{picture {part}}}}}"
    return f"<blockquote><p>{part}</p></blockquote>" if wrap == "blockquote" else f"<{wrap}>{part}</{wrap}>"


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _parse_int(text: str) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
