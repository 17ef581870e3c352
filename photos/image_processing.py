"""
Turns uploaded images into masters, and masters into renditions.

`process_upload` decodes and re-encodes an upload in a child process, with limits on memory and time. The
result contains the pixels and the three texts of `Rights`, and nothing else of the uploaded file.
This module does not import Django, so that the child process starts quickly.
"""

import io
import json
import resource
import struct
import subprocess
import sys
import warnings
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PIL import Image, ImageCms, ImageOps

from photos.rights import Rights, read_rights

if TYPE_CHECKING:
    from photos.crops import Size

ALLOWED_FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]
MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 12_000
MASTER_SIDE = 4_096
MEMORY_LIMIT = 2 * 1024**3
TIME_LIMIT = 60
# What Pillow raises for a file that is damaged, incomplete or not of the format it claims.
DECODING_ERRORS = (OSError, ValueError, SyntaxError, MemoryError, struct.error, zlib.error)
SRGB = ImageCms.createProfile("sRGB")
ENCODING: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 62, "speed": 8},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 84, "optimize": True, "progressive": True},
}


class ImageRefused(Exception):
    """An image that cannot be used. The message tells the editor why, and what to do."""


@dataclass(frozen=True)
class ProcessedImage:
    """A master: JPEG bytes, size in pixels, mean colour as #rrggbb, and rights."""

    master: bytes
    width: int
    height: int
    colour: str
    rights: Rights


def process_upload(upload: bytes) -> ProcessedImage:
    """
    Make a master from an uploaded file, in a child process.

    Raises `ImageRefused` with a sentence for the editor.
    """
    if len(upload) > MAX_BYTES:
        raise ImageRefused(
            f"This file has {len(upload) // 1_000_000} MB; the limit is 25 MB. Save it as JPEG and send that."
        )
    worker = _run_in_own_process(upload)
    head, _, master = worker.stdout.partition(b"\n")
    if worker.returncode or not head:
        raise ImageRefused("This picture could not be read: it is damaged, or asks for too much memory.")
    answer = json.loads(head)
    if "refused" in answer:
        raise ImageRefused(answer["refused"])
    return ProcessedImage(master=master, rights=Rights(**answer.pop("rights")), **answer)


def _run_in_own_process(upload: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", "from photos.image_processing import run_worker; run_worker()"],
            input=upload,
            capture_output=True,
            timeout=TIME_LIMIT,
            cwd=Path(__file__).resolve().parent.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ImageRefused("This picture took too long to read. Save it anew and try again.") from None


def run_worker(stdin: Any = None, stdout: Any = None) -> None:
    """The child process: reads an upload from standard input; writes a line of JSON and the master."""
    stdin, stdout = stdin or sys.stdin.buffer, stdout or sys.stdout.buffer
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT))
    try:
        processed = process_image(stdin.read())
    except ImageRefused as refusal:
        answer: dict[str, Any] = {"refused": str(refusal)}
        master = b""
    else:
        answer = asdict(processed)
        master = answer.pop("master")
    stdout.write(json.dumps(answer).encode() + b"\n" + master)


def process_image(upload: bytes) -> ProcessedImage:
    """Make a master in this process: called in the child process, and for images drawn by our own code."""
    with _open_checked(upload) as image:
        try:
            rights = read_rights(image)
            pixels = _to_srgb(ImageOps.exif_transpose(image))
        except DECODING_ERRORS:
            raise ImageRefused(
                "This picture is damaged or cut short. Export it again and send the new file."
            ) from None
    pixels.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS)
    master = io.BytesIO()
    pixels.save(master, "JPEG", quality=94, subsampling=0)
    red, green, blue = pixels.resize((1, 1), Image.Resampling.BOX).tobytes()
    return ProcessedImage(master.getvalue(), *pixels.size, f"#{red:02x}{green:02x}{blue:02x}", rights)


def make_rendition(master: Any, box: tuple[Any, ...], size: "Size", extension: str, rights: Rights) -> bytes:
    """
    Make a rendition of a master, as bytes.

    `box` is the part to show (left, top, right, bottom in pixels), `size` is that of the result, and
    `extension` is a key of ENCODING.
    """
    with Image.open(master) as image:
        rendition = image.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=box)
    out = io.BytesIO()
    rendition.save(out, xmp=rights.as_xmp(), exif=rights.as_exif(), **ENCODING[extension])
    return out.getvalue()


def _open_checked(upload: bytes) -> Any:
    """Open the image, reading only its header. Raises `ImageRefused` if format or size is not allowed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(upload), formats=ALLOWED_FORMATS)
        except Image.DecompressionBombError:
            raise ImageRefused(_too_large()) from None
        except DECODING_ERRORS:
            raise ImageRefused(
                "This is not a JPEG, PNG, WebP or AVIF picture, whatever its name says. "
                "Export it as one of these and try again."
            ) from None
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise ImageRefused(_too_large(width, height))
    if getattr(image, "n_frames", 1) > 1 and image.format != "JPEG":
        raise ImageRefused("This picture moves. Send a single frame of it.")
    return image


def _too_large(*size: int) -> str:
    measured = " This picture has {} × {} pixels.".format(*size) if size else ""
    return f"Pictures may have 40 megapixels and 12,000 pixels a side at most.{measured} Send a smaller one."


def _to_srgb(image: Image.Image) -> Image.Image:
    """The image as 8-bit sRGB on white, from palettes, 16 bits, CMYK, wide gamut or transparency."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda level: level / 256).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
            return cast(Image.Image, converted)  # None only if it converts in place
        except (ImageCms.PyCMSError, OSError):
            profile = None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    return image.convert("RGB")
