"""Pictures go out in sizes, each at an address of its own."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from photos.crops import CROPS
from photos.darkroom import ENCODING
from photos.models import Photo

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
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
    if version != photo.version:
        return redirect(photo.url(crop, width, extension))
    path = photo.size_file(crop, sizes[width], extension)
    return FileResponse(path.open("rb"), content_type=f"image/{extension}", headers=HEADERS)
