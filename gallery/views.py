"""The albums, one album, and the page of one picture."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gallery.models import Album, AlbumPosition
from magazine.shortcuts import get_piece_or_404, paginate, render_piece


@require_safe
def album_list(request: HttpRequest) -> HttpResponse:
    albums = Album.objects.published().newest_first().for_cards()
    return render(request, "gallery/album_list.html", {"page": paginate(albums, request)})


@require_safe
def album_detail(request: HttpRequest, slug: str) -> HttpResponse:
    album = get_piece_or_404(Album.objects.for_page(), request, slug)
    context = {"pictures": album.usable_pictures, "related": album.related()}
    return render_piece(request, "gallery/album_detail.html", album, context)


@require_safe
def picture_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    album = get_piece_or_404(Album.objects.all(), request, slug)
    position = AlbumPosition.find(list(album.pictures.usable().select_related("film")), pk)
    if position is None:
        raise Http404
    context = {"position": position, "picture": position.picture, "people": position.picture.people.all()}
    return render_piece(request, "gallery/picture_detail.html", album, context)
