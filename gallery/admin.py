"""The admin of albums, with screens to upload many pictures and to edit all captions and their order."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from gallery.forms import UploadForm, caption_forms
from gallery.models import Album, Picture
from magazine.admin import BylineInline, CorrectionInline, PieceAdmin


class PictureInline(admin.TabularInline):
    model = Picture
    extra = 0
    fields = ["photo", "order", "film", "people"]
    autocomplete_fields = ["photo", "film", "people"]


@admin.register(Album)
class AlbumAdmin(PieceAdmin):
    change_form_template = "admin/gallery/album_form.html"
    list_display = ["title", "state", "written_by"]
    inlines = [PictureInline, BylineInline, CorrectionInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "dek"]}),
        ("Text", {"fields": ["body", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        PieceAdmin.RELATIONS,
    ]

    def get_urls(self) -> list[URLPattern]:
        screens = [
            path("<path:pk>/upload/", self.admin_site.admin_view(self.upload), name="gallery_album_upload"),
            path(
                "<path:pk>/captions/",
                self.admin_site.admin_view(self.captions),
                name="gallery_album_captions",
            ),
        ]
        return screens + super().get_urls()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _update_derived(self.model.objects.get(pk=form.instance.pk))

    def upload(self, request: HttpRequest, pk: str) -> HttpResponse:
        album = self._get_album(request, pk)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            added, refused = form.add_pictures(album)
            _update_derived(album)
            for sentence in refused:
                messages.error(request, sentence)
            if added:
                subject = "The picture is" if len(added) == 1 else f"{len(added)} pictures are"
                messages.success(request, f"{subject} in the album. Now say what each shows.")
                return redirect("admin:gallery_album_captions", album.pk)
        return self._render_screen(request, "upload.html", album, {"form": form, "title": "Upload pictures"})

    def captions(self, request: HttpRequest, pk: str) -> HttpResponse:
        album = self._get_album(request, pk)
        forms = caption_forms(album, request.user, request.POST if request.method == "POST" else None)
        valid = [form.is_valid() for form in forms]  # validate every form, so that all errors show at once
        if request.method == "POST" and all(valid):
            with transaction.atomic():
                for form in forms:
                    form.save()
            _update_derived(album)
            messages.success(request, "Captions, credits and order are saved.")
            return redirect("admin:gallery_album_change", album.pk)
        return self._render_screen(
            request, "captions.html", album, {"forms": forms, "title": "Captions and order"}
        )

    def _get_album(self, request: HttpRequest, pk: str) -> Album:
        album = self.get_object(request, unquote(pk))
        if album is None:
            raise Http404
        if not self.has_change_permission(request, album):
            raise PermissionDenied
        return album

    def _render_screen(
        self, request: HttpRequest, template: str, album: Album, context: dict[str, Any]
    ) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "album": album, "opts": self.opts}
        return render(request, f"admin/gallery/{template}", context)


def _update_derived(album: Album) -> None:
    """Update what is computed from the pictures of an album: cover, films, people and search index."""
    album.choose_cover()
    album.add_films_and_people()
    album.index()
