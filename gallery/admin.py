"""Albums at the desk: many pictures at once, then their captions and order on one screen."""

from django.contrib import admin, messages
from django.contrib.admin.options import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path

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

    def get_urls(self):
        screens = [
            path("<path:pk>/upload/", self.admin_site.admin_view(self.upload), name="gallery_album_upload"),
            path(
                "<path:pk>/captions/",
                self.admin_site.admin_view(self.captions),
                name="gallery_album_captions",
            ),
        ]
        return screens + super().get_urls()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        _update_derived(self.model.objects.get(pk=form.instance.pk))

    def upload(self, request, pk):
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

    def captions(self, request, pk):
        album = self._get_album(request, pk)
        forms = caption_forms(album, request.POST if request.method == "POST" else None)
        valid = [form.is_valid() for form in forms]  # every form is asked, so that all errors show at once
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

    def _get_album(self, request, pk):
        album = self.get_object(request, unquote(pk))
        if album is None:
            raise Http404
        if not self.has_change_permission(request, album):
            raise PermissionDenied
        return album

    def _render_screen(self, request, template, album, context):
        context |= {**self.admin_site.each_context(request), "album": album, "opts": self.opts}
        return render(request, f"admin/gallery/{template}", context)


def _update_derived(album):
    """Bring what follows from the pictures up to date: cover, films, people, search."""
    album.choose_cover()
    album.add_films_and_people()
    album.index()
