"""
Caption, credit and copyright inside an image file.

They are read from IPTC, XMP or EXIF when an image is uploaded, and written as XMP and EXIF into every
rendition. No other metadata of the camera (place, serial number, thumbnail) is kept.
"""

from dataclasses import asdict, dataclass
from typing import Any
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Xml
from PIL import Image, IptcImagePlugin

IPTC_BYLINE, IPTC_CREDIT, IPTC_COPYRIGHT, IPTC_CAPTION = (2, 80), (2, 110), (2, 116), (2, 120)
EXIF_CAPTION, EXIF_ARTIST, EXIF_COPYRIGHT = 0x010E, 0x013B, 0x8298
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"

XMP_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
   <dc:creator><rdf:Seq><rdf:li>{credit}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
   <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{copyright}</rdf:li></rdf:Alt></dc:rights>
   <photoshop:Credit>{credit}</photoshop:Credit>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Rights:
    """Caption, credit and copyright of a photo, each one line or empty."""

    caption: str = ""
    credit: str = ""
    copyright: str = ""

    def filled_from(self, other: "Rights") -> "Rights":
        """A copy in which each empty text is replaced by that of `other`."""
        return Rights(**{name: mine or getattr(other, name) for name, mine in asdict(self).items()})

    def as_xmp(self) -> bytes:
        """An XMP packet, as bytes."""
        fields = {name: escape(value) for name, value in asdict(self).items()}
        return XMP_PACKET.format(**fields).encode()

    def as_exif(self) -> bytes:
        """The same texts as EXIF, for programs that do not read XMP."""
        exif = Image.Exif()
        exif[EXIF_CAPTION], exif[EXIF_ARTIST], exif[EXIF_COPYRIGHT] = (
            self.caption,
            self.credit,
            self.copyright,
        )
        return exif.tobytes()


def read_rights(image: Any) -> Rights:
    """The rights in an opened Pillow image; IPTC before XMP before EXIF, as photo agencies fill them in."""
    return _iptc(image).filled_from(_xmp(image)).filled_from(_exif(image))


def _join_credit(byline: str, credit: str) -> str:
    return credit if byline in credit else f"{byline} / {credit}" if credit else byline


def _one_line(value: Any) -> str:
    """A metadata value as one line of text without control characters."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_one_line, value)))
    if isinstance(value, bytes):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    return " ".join(str(value or "").replace("\0", " ").split())


def _iptc(image: Any) -> Rights:
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except (SyntaxError, ValueError, IndexError, TypeError):
        records = {}
    get = {key: _one_line(value) for key, value in records.items()}.get
    return Rights(
        caption=get(IPTC_CAPTION, ""),
        credit=_join_credit(get(IPTC_BYLINE, ""), get(IPTC_CREDIT, "")),
        copyright=get(IPTC_COPYRIGHT, ""),
    )


def _xmp(image: Any) -> Rights:
    try:
        root = Xml.fromstring((image.info.get("xmp") or b"<none/>").strip(b"\0"))
    except (Xml.ParseError, DefusedXmlException, ValueError):
        return Rights()

    def lines(name: str) -> str:
        return _one_line([item.text for item in root.findall(f".//{DC}{name}//{RDF}li")])

    credit = _one_line(root.findtext(f".//{PHOTOSHOP}Credit")) or _one_line(
        [node.get(f"{PHOTOSHOP}Credit") for node in root.iter(f"{RDF}Description")]
    )
    return Rights(
        caption=lines("description"),
        credit=_join_credit(lines("creator"), credit),
        copyright=lines("rights"),
    )


def _exif(image: Any) -> Rights:
    exif = image.getexif()
    return Rights(
        caption=_one_line(exif.get(EXIF_CAPTION)),
        credit=_one_line(exif.get(EXIF_ARTIST)),
        copyright=_one_line(exif.get(EXIF_COPYRIGHT)),
    )
