"""
One page of an old site, as it comes: any encoding, layout in tables, fonts and frames, end tags missing.

`html5lib` reads it as a browser would. What is left is the title, the text as our own plain markup,
the links and pictures in it, and the page's own nav.
"""

import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote, urljoin, urlsplit

import html5lib

# Everything that only held the page together.
FURNITURE = {"script", "style", "noscript", "form", "object", "embed", "applet", "map", "head", "iframe"}
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
BLOCKS = set(
    "p div center td th tr table tbody blockquote ul ol li dl dt dd pre hr address section main".split()
)
WRAPS = dict.fromkeys(BLOCKS, "p") | {"li": "li", "blockquote": "blockquote"} | HEADINGS
INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "sub": "sub", "sup": "sup"}
NAV_WORDS = 4  # a link of more words is no entry of a nav
NAV_LINKS = 4  # so many short links side by side are one
CREDIT = re.compile(r"\bphotos?\s*(?:by|:|©|courtesy(?: of)?)\s*([^.|\n<]{3,80})", re.I)
BYLINE = re.compile(r"^\s*[Bb]y\s+([A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3})\s*$", re.M)


@dataclass
class OldPicture:
    """A picture on an old page: where its file lies, and what the page says of it."""

    path: str
    alt: str = ""


@dataclass
class OldPage:
    """What an old page holds. `path` is its address on the old site, from the root."""

    path: str
    title: str
    html: str
    pictures: list = field(default_factory=list)
    nav: list = field(default_factory=list)
    byline: str = ""
    credit: str = ""
    frames: list = field(default_factory=list)

    @property
    def words(self):
        return len(re.sub(r"<[^>]+>", " ", self.html).split())


def read_page(data, path):
    """An `OldPage` from the bytes of a file that stood at `path`; never raises for what is in the file."""
    tree = html5lib.parse(data.replace(b"\0", b""), namespaceHTMLElements=False, **_encoding(data))
    frames = [each.get("src", "") for each in tree.iter("frame")]
    body = tree.find("body")
    writer = _Writer(path)
    if body is not None:
        writer.write(body)
    html = writer.finish()
    text = re.sub(r"<[^>]+>", "\n", html)
    byline, credit = BYLINE.search(text), CREDIT.search(text)
    return OldPage(
        path=path,
        title=_title(tree, writer),
        html=html,
        pictures=writer.pictures,
        nav=writer.nav,
        byline=byline[1] if byline else "",
        credit=" ".join(credit[1].split()) if credit else "",
        frames=[urljoin(path, each) for each in frames],
    )


def _encoding(data):
    """UTF-8 where that is what it is; else what the page declares, else windows-1252, as browsers do."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return {}
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return {}
    return {"override_encoding": "utf-8"}


def _title(tree, writer):
    """The page's own heading, else what stands in its title without the site's name."""
    if writer.heading:
        return writer.heading[:200]
    title = " ".join("".join(tree.findtext("head/title") or "").split())
    return re.split(r"\s+[-|–—:]{1,2}\s+|\s*::\s*", title)[0][:200]


class _Writer:
    """Walks the tree and writes plain markup: paragraphs, headings, lists, emphasis, links, pictures."""

    def __init__(self, path):
        self.path = path
        self.out, self.line, self.wrap = [], [], "p"
        self.pictures, self.nav, self.heading = [], [], ""

    def write(self, element):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in FURNITURE or not tag:
            self._words(element.tail)
            return
        if self._is_nav(element):
            self.nav += [
                (_text(link), unquote(urljoin(self.path, link.get("href"))))
                for link in element.iter("a")
                if link.get("href")
            ]
        else:
            self._element(element, tag)
        self._words(element.tail)

    def _element(self, element, tag):
        if tag in WRAPS:
            self._block(element, WRAPS[tag])
        elif tag == "br":
            self.line.append("<br>")
        elif tag == "img":
            self._picture(element)
        elif tag in INLINE:
            self._inline(element, f"<{INLINE[tag]}>", f"</{INLINE[tag]}>")
        elif tag == "a" and _leads(element):
            href = escape(urljoin(self.path, element.get("href").strip()))
            self._inline(element, f'<a href="{href}">', "</a>")
        else:
            self._children(element)

    def _children(self, element):
        self._words(element.text)
        for child in element:
            self.write(child)

    def _inline(self, element, before, after):
        if any(
            child.tag in BLOCKS or child.tag in HEADINGS for child in element.iter() if child is not element
        ):
            self._children(element)  # emphasis around whole paragraphs was layout
            return
        self.line.append(before)
        self._children(element)
        self.line.append(after)

    def _block(self, element, wrap):
        self._end_line()
        outer, self.wrap = self.wrap, wrap
        self._children(element)
        self._end_line()
        self.wrap = outer

    def _words(self, text):
        if text and text.strip():
            self.line.append(escape(re.sub(r"\s+", " ", text), quote=False))
        elif text and self.line:
            self.line.append(" ")

    def _end_line(self):
        """Close the paragraph; two line breaks in it were how paragraphs were parted."""
        html, self.line = "".join(self.line), []
        for part in re.split(r"(?:\s*<br>\s*){2,}", html):
            part = re.sub(r"^(?:\s|<br>)+|(?:\s|<br>)+$", "", part)
            plain = " ".join(re.sub(r"<[^>]+>", " ", part).split())
            if not plain:
                continue
            if self.wrap in ("h2", "h3") and not self.heading:
                self.heading = _unescaped(plain)
            else:
                self.out.append((self.wrap, part))

    def _picture(self, element):
        source = unquote(urljoin(self.path, element.get("src", "").strip()))
        small = any(_number(element.get(side)) in range(1, 60) for side in ("width", "height"))
        if source and not small and not urlsplit(source).netloc:
            self._end_line()
            self.pictures.append(OldPicture(source, " ".join(element.get("alt", "").split())))
            self.out.append(("picture", str(len(self.pictures) - 1)))

    def _is_nav(self, element):
        """A row of short links and hardly a word beside them."""
        if element.tag == "body" or element.tag in INLINE:
            return False
        links = [link for link in element.iter("a") if link.get("href")]
        short = [link for link in links if 0 < len(_text(link).split()) <= NAV_WORDS]
        linked = sum(len(_text(link).split()) for link in links)
        return len(short) >= NAV_LINKS and len(_text(element).split()) <= linked * 1.5 + 4

    def finish(self):
        """The text as markup; `{{picture N}}` stands where picture N was."""
        self._end_line()
        html, in_list = [], False
        for wrap, part in self.out:
            if (wrap == "li") != in_list:
                in_list = not in_list
                html.append("<ul>" if in_list else "</ul>")
            html.append(_wrapped(wrap, part))
        return "".join(html) + ("</ul>" if in_list else "")


def _leads(link):
    """Whether a link goes anywhere: old pages used some to run scripts."""
    return bool(link.get("href")) and not link.get("href").strip().lower().startswith("javascript:")


def _wrapped(wrap, part):
    if wrap == "picture":
        return f"{{{{picture {part}}}}}"
    return f"<blockquote><p>{part}</p></blockquote>" if wrap == "blockquote" else f"<{wrap}>{part}</{wrap}>"


def _text(element):
    return " ".join("".join(element.itertext()).split())


def _unescaped(text):
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() else None
