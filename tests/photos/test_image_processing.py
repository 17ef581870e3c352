"""Processing of uploads: which files are refused, and what a master is like."""

import io
import struct
import subprocess
import zlib

import pytest
from PIL import Image, ImageCms, TiffImagePlugin

from photos import image_processing
from photos.image_processing import ImageRefused, process_image, process_upload
from photos.rights import EXIF_ARTIST, EXIF_CAPTION, EXIF_COPYRIGHT
from tests.factories import picture_file

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def bomb(width, height):
    """A small PNG whose header declares a huge image."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width * 3 + 1) * min(height, 50))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_good_picture_becomes_a_master():
    processed = process_upload(picture_file((640, 400), "#336699"))

    assert (processed.width, processed.height) == (640, 400)
    assert opened(processed.master).format == "JPEG"
    assert processed.colour in ("#336699", "#336698", "#336799", "#326699", "#336599")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_four_formats_are_recognised_by_content(kind):
    assert process_image(picture_file(kind=kind)).width == 640


@pytest.mark.parametrize("size", [(12_001, 10), (7_000, 7_000), (60_000, 60_000)])
def test_decompression_bombs_are_refused_by_their_header(size):
    with pytest.raises(ImageRefused, match="40 megapixels"):
        process_upload(bomb(*size))


@pytest.mark.parametrize(
    "wrong", [b"", b"<script>alert(1)</script>", b"GIF89a" + b"\0" * 50, b"%PDF-1.4", b"<svg/>"]
)
def test_files_of_other_formats_are_refused(wrong):
    with pytest.raises(ImageRefused, match="not a JPEG, PNG, WebP or AVIF"):
        process_image(wrong)


def test_a_gif_is_refused_whatever_its_name():
    with pytest.raises(ImageRefused, match="whatever its name says"):
        process_image(picture_file(kind="GIF"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_file_is_refused(kind):
    whole = picture_file((300, 300), kind=kind)

    with pytest.raises(ImageRefused, match="damaged|not a JPEG"):
        process_image(whole[: len(whole) // 2])


def test_an_animated_image_is_refused():
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(ImageRefused, match="moves"):
        process_image(out.getvalue())


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(image_processing, "MAX_BYTES", 10)

    with pytest.raises(ImageRefused, match="limit is 25 MB"):
        process_upload(b"x" * 11)


def test_a_polyglot_loses_its_payload():
    payload = b"<script>alert('both')</script>"
    upload = picture_file(kind="PNG") + payload

    master = process_image(upload).master

    assert payload in upload  # control
    assert payload not in master


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_applied(orientation):
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 20, 20))  # top left
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    out = io.BytesIO()
    picture.save(out, "PNG", exif=exif)

    processed = process_image(out.getvalue())

    master = opened(processed.master)
    corners = {1: (5, 5), 2: (55, 5), 3: (55, 35), 4: (5, 35), 5: (5, 5), 6: (35, 5), 7: (35, 55), 8: (5, 55)}
    red, green, _ = master.getpixel(corners[orientation])
    assert red > 200 and green < 90
    assert master.size == ((60, 40) if orientation < 5 else (40, 60))
    assert ORIENTATION not in master.getexif()


def gps_file():
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (33.0, 25.0, 0.0)}
    exif[MAKE] = "Spycam"
    exif[EXIF_CAPTION], exif[EXIF_ARTIST], exif[EXIF_COPYRIGHT] = (
        "The booth",
        "Amber Kelley",
        "J-R Enterprises",
    )
    return picture_file(exif=exif)


def test_place_and_camera_data_are_removed_and_the_credit_is_read():
    upload = gps_file()
    assert opened(upload).getexif().get_ifd(GPS)  # control
    assert b"Spycam" in upload

    processed = process_image(upload)

    assert not opened(processed.master).getexif().get_ifd(GPS)
    assert b"Spycam" not in processed.master
    assert vars(processed.rights) == {
        "caption": "The booth",
        "credit": "Amber Kelley",
        "copyright": "J-R Enterprises",
    }


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "I;16", "LA", "RGBA", "YCbCr"])
def test_every_pixel_format_becomes_rgb(mode):
    out = io.BytesIO()
    kind = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    Image.new(mode, (30, 30)).save(out, kind)

    assert opened(process_image(out.getvalue()).master).mode == "RGB"


def test_transparency_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (30, 30), (255, 0, 0, 0)).save(out, "PNG")

    assert opened(process_image(out.getvalue()).master).getpixel((5, 5)) == (255, 255, 255)


def test_colours_are_converted_to_srgb_and_a_broken_profile_is_ignored():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    assert process_image(picture_file(icc_profile=profile)).width == 640
    assert process_image(picture_file(icc_profile=b"nonsense")).width == 640


def test_large_images_are_reduced_to_the_size_of_a_master():
    assert process_image(picture_file((5_000, 1_000))).width == image_processing.MASTER_SIDE


def test_a_child_process_that_dies_refuses_the_image(monkeypatch):
    def died(*args, **kwargs):
        return subprocess.CompletedProcess(args, -9, stdout=b"", stderr=b"")

    monkeypatch.setattr(subprocess, "run", died)
    with pytest.raises(ImageRefused, match="damaged, or asks for too much memory"):
        process_upload(picture_file())


def test_a_child_process_that_hangs_refuses_the_image(monkeypatch):
    def run_out_of_time(*args, **kwargs):
        raise subprocess.TimeoutExpired("image_processing", 60)

    monkeypatch.setattr(subprocess, "run", run_out_of_time)
    with pytest.raises(ImageRefused, match="too long"):
        process_upload(picture_file())


def test_the_child_process_answers_in_one_line(monkeypatch):
    monkeypatch.setattr(image_processing.resource, "setrlimit", lambda *args: None)
    good, bad = io.BytesIO(), io.BytesIO()

    image_processing.run_worker(io.BytesIO(picture_file()), good)
    image_processing.run_worker(io.BytesIO(b"nothing"), bad)

    assert b'"width": 640' in good.getvalue().partition(b"\n")[0]
    assert b"refused" in bad.getvalue()


def test_tiff_is_refused():
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "TIFF", tiffinfo=TiffImagePlugin.ImageFileDirectory_v2())

    with pytest.raises(ImageRefused):
        process_image(out.getvalue())
