"""Views of the files of photos: renditions for pages, and downloads for the press."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from photos.crops import CROPS
from photos.image_processing import ENCODING
from photos.models import Photo

YEAR = 31_536_000  # seconds
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",  # shown by feed readers and other sites, too
}


@require_safe
def size(request: HttpRequest, pk: int, version: str, crop: str, **rendition: Any) -> HttpResponseBase:
    photo = get_object_or_404(Photo, pk=pk)
    width, extension = rendition["width"], rendition["extension"]
    sizes = {each.width: each for each in photo.sizes(crop)} if crop in CROPS else {}
    if width not in sizes or extension not in ENCODING:
        raise Http404
    if not photo.has_version(version):
        raise Http404
    if version != photo.version:
        return redirect(photo.url(crop, width, extension))
    path = photo.ensure_rendition(crop, sizes[width], extension)
    headers = HEADERS | {"Cache-Control": _cache_control(photo, request)}
    return FileResponse(path.open("rb"), content_type=f"image/{extension}", headers=headers)


@require_safe
def download(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    """A photo in a named size, for the press. Raises `Http404` if the press may not use it."""
    photo = get_object_or_404(Photo.objects.usable().filter(press_use=True), pk=pk)
    sizes = photo.press_sizes()
    if size not in sizes:
        raise Http404
    path = photo.ensure_rendition("whole", sizes[size], "jpeg")
    return FileResponse(
        path.open("rb"), content_type="image/jpeg", as_attachment=True, filename=photo.download_name(size),
        headers=HEADERS | {"Cache-Control": "no-cache"},
    )  # fmt: skip


def _cache_control(photo: Photo, request: HttpRequest) -> str:
    """
    The Cache-Control of a rendition: a year, or until its rights end.

    Outside its rights only staff may see a photo; for others this raises `Http404`.
    """
    if not photo.is_usable:
        if request.user.is_staff and request.user.has_perm("photos.view_photo"):
            return "private, no-store"
        raise Http404
    max_age = YEAR
    if photo.usable_until:
        max_age = min(YEAR, int((photo.usable_until - timezone.now()).total_seconds()))
    return f"public, max-age={max_age}" + (", immutable" if max_age == YEAR else "")
