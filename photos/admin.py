"""The admin of the photo library, with thumbnails, search, and a focal point that is set by a click."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from photos.crops import CROPS
from photos.forms import PhotoForm
from photos.models import Photo
from photos.photo_uses import may_change_photo

if TYPE_CHECKING:
    pass


class RightsFilter(admin.SimpleListFilter):
    """Photos whose rights have ended, or end within a month."""

    title = "rights"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ended", "Ended or not begun"), ("soon", "End within 30 days")]

    def queryset(self, request: HttpRequest, photos: Any) -> Any:
        if self.value() == "ended":
            return photos.exclude(pk__in=photos.usable())
        if self.value() == "soon":
            now = timezone.now()
            return photos.filter(usable_until__range=(now, now + timedelta(days=30)))
        return photos


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    form = PhotoForm
    list_display = ["thumbnail", "alt", "caption", "credit", "pixel_size", "usable_until", "press_use"]
    list_filter = ["press_use", RightsFilter]
    list_display_links = ["thumbnail", "alt"]
    search_fields = ["alt", "caption", "credit"]
    list_per_page = 40
    # State → what those may do who may not publish (cinemaclips/rights_table.py).
    rights_by_state = {
        "no reader sees it": ["view", "add", "change", "delete"],
        "readers see it": ["view", "add"],
    }
    readonly_fields = ["crops"]
    fieldsets = [
        (None, {"fields": ["upload", "alt", "caption", "credit", "copyright"]}),
        ("Rights", {"fields": ["source", "licence", "usable_from", "usable_until", "press_use"]}),
        ("Focal point", {"fields": ["crops", "focal_x", "focal_y"]}),
    ]

    class Media:
        js = ["desk/focal.js"]

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return super().has_change_permission(request, obj) and may_change_photo(request.user, obj)

    def save_model(self, request: HttpRequest, photo: Photo, form: Any, change: bool) -> None:
        super().save_model(request, photo, form, change)
        if form.replaced_master:
            transaction.on_commit(lambda: photo.master.storage.delete(form.replaced_master))

    def delete_model(self, request: HttpRequest, photo: Photo) -> None:
        delete_files = photo.file_deleter()
        super().delete_model(request, photo)
        transaction.on_commit(delete_files)

    def delete_queryset(self, request: HttpRequest, photos: models.QuerySet[Photo]) -> None:
        for photo in photos:
            self.delete_model(request, photo)

    @admin.display(description="picture")
    def thumbnail(self, photo: Photo) -> SafeString:
        return format_html(
            '<img class="thumbnail" src="{}" width="96" height="96" alt="" loading="lazy">',
            photo.thumbnail_url(),
        )

    @admin.display(description="pixels", ordering="width")
    def pixel_size(self, photo: Photo) -> str:
        return f"{photo.width} × {photo.height}"

    @admin.display(description="Crops")
    def crops(self, photo: Any) -> str:
        """The whole photo, on which a click sets the focal point, and a preview of every crop."""
        if not photo.pk:
            return "Save the picture first; then click on what matters in it."
        return format_html(
            '<span class="focal-picker" data-crops="{}">'
            '<img src="{}" alt="{}" width="{}" height="{}"></span>',
            " ".join(f"{name}:{ratio:.4f}" for name, ratio in CROPS.items() if ratio),
            photo.url("whole", photo.sizes("whole")[:2][-1].width, "webp"),
            photo.alt,
            photo.width,
            photo.height,
        )
