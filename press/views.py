"""The press room with contacts, releases, mentions and the press kit. None of it needs a login."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from magazine.models import StaticPage
from magazine.shortcuts import get_piece_or_404, paginate, render_piece
from press.kit import build_press_kit
from press.models import KitPhoto, Mention, PressContact, PressRelease

MAX_MENTIONS = 4


@require_safe
def press_room(request: HttpRequest) -> HttpResponse:
    releases = PressRelease.objects.published().newest_first().for_cards()
    context = {
        "contacts": PressContact.objects.all(),
        "page": paginate(releases, request),
        "mentions": Mention.objects.newest_first()[:MAX_MENTIONS],
        "kit_photos": KitPhoto.objects.usable(),
        "static_pages": StaticPage.objects.in_bulk(["boilerplate", "press-terms"], field_name="slug"),
    }
    return render(request, "press/press_room.html", context)


@require_safe
def release_detail(request: HttpRequest, slug: str) -> HttpResponse:
    release = get_piece_or_404(PressRelease.objects.for_page().select_related("contact"), request, slug)
    static_pages = StaticPage.objects.in_bulk(["boilerplate", "press-terms"], field_name="slug")
    return render_piece(request, "press/release_detail.html", release, {"static_pages": static_pages})


@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    return render(request, "press/mentions.html", {"page": paginate(Mention.objects.newest_first(), request)})


@require_safe
def download_kit(request: HttpRequest) -> FileResponse:
    return FileResponse(build_press_kit(), as_attachment=True, filename="cinemaclips-press-kit.zip")
