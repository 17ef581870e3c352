"""Pictures go out in sizes, each at an address of its own."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from photos.crops import CROPS
from photos.darkroom import ENCODING
from photos.models import Photo

YEAR = 31_536_000  # seconds
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",  # feed readers and share cards show them too
}


@require_safe
def size(request, pk, version, crop, **wanted):
    photo = get_object_or_404(Photo, pk=pk)
    width, extension = wanted["width"], wanted["extension"]
    sizes = {each.width: each for each in photo.sizes(crop)} if crop in CROPS else {}
    if width not in sizes or extension not in ENCODING:
        raise Http404
    if not photo.knows(version):
        raise Http404
    if version != photo.version:
        return redirect(photo.url(crop, width, extension))
    path = photo.size_file(crop, sizes[width], extension)
    headers = HEADERS | {"Cache-Control": _keeping(photo, request)}
    return FileResponse(path.open("rb"), content_type=f"image/{extension}", headers=headers)


@require_safe
def download(request, pk, size):
    """A picture for the press, in a named size; only where the press may use it."""
    photo = get_object_or_404(Photo.objects.usable().filter(press_use=True), pk=pk)
    sizes = photo.press_sizes()
    if size not in sizes:
        raise Http404
    path = photo.size_file("whole", sizes[size], "jpeg")
    return FileResponse(
        path.open("rb"), content_type="image/jpeg", as_attachment=True, filename=photo.file_name(size),
        headers=HEADERS | {"Cache-Control": "no-cache"},
    )  # fmt: skip


def _keeping(photo, request):
    """How long a size may be kept: until the rights end; out of its rights only staff see it at all."""
    if not photo.is_usable:
        if request.user.is_staff:
            return "private, no-store"
        raise Http404
    left = YEAR
    if photo.usable_until:
        left = min(YEAR, int((photo.usable_until - timezone.now()).total_seconds()))
    return f"public, max-age={left}" + (", immutable" if left == YEAR else "")
