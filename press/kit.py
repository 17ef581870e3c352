"""The press kit: a ZIP built on every request, so that it always agrees with the site."""

import tempfile
from collections.abc import Iterable, Mapping
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from films.models import Film
from magazine.models import Article, Contributor, StaticPage
from magazine.rendering import Audience, render
from photos.models import Photo
from press.models import KitPhoto, PressContact

MAX_BYTES_IN_MEMORY = 16_000_000  # bytes; a larger kit is written to a file on disk


def build_press_kit() -> IO[bytes]:
    """
    An open file with the ZIP: the chosen pictures, `captions.txt`, the fact sheet and the terms.

    The caller closes the file.
    """
    photos = [kit_photo.photo for kit_photo in KitPhoto.objects.usable()]
    pages = StaticPage.objects.in_bulk(["boilerplate", "press-terms"], field_name="slug")
    file = tempfile.SpooledTemporaryFile(MAX_BYTES_IN_MEMORY)  # noqa: SIM115 - the response closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as kit:
        for name, text in _text_files(photos, pages).items():
            kit.writestr(name, text)
        for photo in photos:
            path = photo.ensure_rendition("whole", photo.press_sizes()["print"], "jpeg")
            kit.write(path, f"pictures/{photo.download_name('print')}", ZIP_STORED)
    file.seek(0)
    return file


def _text_files(photos: Iterable[Photo], pages: Mapping[str, StaticPage]) -> dict[str, str]:
    page_texts = {slug: render(page.body, Audience.SUMMARY) for slug, page in pages.items()}
    context = {
        "photos": [(photo, photo.download_name("print")) for photo in photos],
        "today": timezone.localdate(),
        "site_url": settings.SITE_URL,
        "contacts": PressContact.objects.all(),
        "boilerplate": page_texts.get("boilerplate", ""),
        "terms": page_texts.get("press-terms", ""),
        "counts": {
            "pieces": Article.objects.published().count(),
            "films": Film.objects.count(),
            "people": Contributor.objects.filter(left_on__isnull=True).count(),
        },
    }
    return {
        name: render_to_string(f"press/kit/{name}", context)
        for name in ("captions.txt", "fact-sheet.txt", "terms.txt")
    }
