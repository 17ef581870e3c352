"""The albums, one album, and the page of one picture."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gallery.models import Album, AlbumPosition
from magazine.shortcuts import get_piece_or_404, paginate, render_piece


@require_safe
def album_list(request):
    albums = Album.objects.published().newest_first().for_cards()
    return render(request, "gallery/album_list.html", {"page": paginate(albums, request)})


@require_safe
def album_detail(request, slug):
    album = get_piece_or_404(Album.objects.for_page(), request, slug)
    context = {"pictures": album.usable_pictures, "related": album.related()}
    return render_piece(request, "gallery/album_detail.html", album, context)


@require_safe
def picture_detail(request, slug, pk):
    album = get_piece_or_404(Album.objects.all(), request, slug)
    position = AlbumPosition(list(album.pictures.usable().select_related("film")), pk)
    if position.picture is None:
        raise Http404
    context = {"position": position, "picture": position.picture, "people": position.picture.people.all()}
    return render_piece(request, "gallery/picture_detail.html", album, context)
