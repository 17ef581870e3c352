"""The admin of the section for the press."""

from django.contrib import admin

from magazine.admin import PieceAdmin
from press.models import KitPhoto, Mention, PressContact, PressRelease


@admin.register(PressRelease)
class PressReleaseAdmin(PieceAdmin):
    list_display = ["title", "state", "contact"]
    list_filter = PieceAdmin.list_filter[:1]
    autocomplete_fields = ["contact", "films", "people", "see_also"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "dek", "dateline", "contact"]}),
        ("Text", {"fields": ["body", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        PieceAdmin.RELATIONS,
    ]


@admin.register(PressContact)
class PressContactAdmin(admin.ModelAdmin):
    list_display = ["name", "title", "phone", "email", "order"]
    search_fields = ["name"]


@admin.register(Mention)
class MentionAdmin(admin.ModelAdmin):
    list_display = ["outlet", "headline", "published_on"]
    search_fields = ["outlet", "headline", "quote"]
    date_hierarchy = "published_on"


@admin.register(KitPhoto)
class KitPhotoAdmin(admin.ModelAdmin):
    list_display = ["photo", "order"]
    list_select_related = ["photo"]
    autocomplete_fields = ["photo"]
