"""Reading and writing of caption, credit and copyright in image files."""

import io
import struct

import pytest
from PIL import Image

from photos.image_processing import make_rendition, process_image
from photos.rights import EXIF_COPYRIGHT, Rights, read_rights
from tests.factories import make_photo, picture_file


def iptc_jpeg(**records):
    """A JPEG with an IPTC block, as photo agencies write it."""
    numbers = {"byline": 80, "credit": 110, "copyright": 116, "caption": 120}
    block = b"".join(
        struct.pack(">BBBH", 0x1C, 2, numbers[name], len(value)) + value for name, value in records.items()
    )
    block += b"\0" * (len(block) % 2)
    resource = b"8BIM" + struct.pack(">HH", 0x0404, 0) + struct.pack(">I", len(block)) + block
    app13 = b"Photoshop 3.0\0" + resource
    jpeg = picture_file()
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(app13) + 2) + app13 + jpeg[2:]


def rights_of(data):
    return read_rights(Image.open(io.BytesIO(data)))


def test_iptc_is_read_in_either_encoding():
    assert rights_of(
        iptc_jpeg(byline="Amélie".encode(), credit=b"Agency", copyright="© A".encode("latin-1"))
    ) == Rights(credit="Amélie / Agency", copyright="© A")


def test_a_byline_inside_the_credit_is_not_repeated():
    assert (
        rights_of(iptc_jpeg(byline=b"Amber Kelley", credit=b"Amber Kelley/CLIPS")).credit
        == "Amber Kelley/CLIPS"
    )


def test_several_bylines_become_one_line():
    with Image.open(io.BytesIO(picture_file())) as image:
        image.info["photoshop"] = {0x0404: b""}
    assert rights_of(iptc_jpeg(byline=b"A")).credit == "A"


@pytest.mark.parametrize("extension", ["webp", "avif", "jpeg"])
def test_every_rendition_contains_the_rights(extension, db):
    photo = make_photo(caption="Late <show> & more", credit="Åsa Lindqvist", copyright="© J-R")
    size = photo.sizes("whole")[0]

    with photo.master.open() as master:
        data = make_rendition(master, (0, 0, 640, 400), size, extension, photo.rights)

    assert rights_of(data) == photo.rights
    assert "Spycam" not in data.decode("latin-1")


def test_xmp_written_by_us_can_be_read():
    photo_rights = Rights("Caption", "Credit", "Copyright")
    data = picture_file(kind="PNG", xmp=photo_rights.as_xmp())

    assert rights_of(data) in (photo_rights, Rights())
    assert rights_of(picture_file(kind="WEBP", xmp=photo_rights.as_xmp())) == photo_rights


def test_an_xmp_credit_in_an_attribute_is_read():
    xmp = (
        Rights(copyright="C")
        .as_xmp()
        .replace(b"<photoshop:Credit></photoshop:Credit>", b"")
        .replace(b'rdf:about=""', b'rdf:about="" photoshop:Credit="Agency"')
    )

    assert rights_of(picture_file(kind="WEBP", xmp=xmp)).credit == "Agency"


@pytest.mark.parametrize(
    "xmp",
    [
        b"<broken",
        b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&c;</x:xmpmeta>',
    ],
)
def test_hostile_xmp_is_not_read(xmp):
    assert rights_of(picture_file(kind="WEBP", xmp=xmp)) == Rights()


def test_iptc_takes_precedence_over_exif():
    exif = Image.Exif()
    exif[EXIF_COPYRIGHT] = "Camera"
    jpeg = picture_file(exif=exif)
    assert rights_of(jpeg).copyright == "Camera"
    assert Rights(copyright="Desk").filled_from(rights_of(jpeg)).copyright == "Desk"


def test_damaged_iptc_is_no_reason_to_refuse(monkeypatch):
    def damaged(image):
        raise SyntaxError("bad record")

    monkeypatch.setattr("photos.rights.IptcImagePlugin.getiptcinfo", damaged)

    assert process_image(picture_file()).rights == Rights()


def test_lists_become_one_line(monkeypatch):
    monkeypatch.setattr(
        "photos.rights.IptcImagePlugin.getiptcinfo", lambda image: {(2, 80): [b"Ann", b"Bob"]}
    )

    assert rights_of(picture_file()).credit == "Ann, Bob"
