"""The admin of reviews."""

from django.contrib import admin

from magazine.admin import PieceAdmin
from reviews.models import Review


@admin.register(Review)
class ReviewAdmin(PieceAdmin):
    list_filter = [*PieceAdmin.list_filter, ("film__genres", admin.RelatedOnlyFieldListFilter)]
    fieldsets = [
        (None, {"fields": ["film", "title", "slug", "dek"]}),
        ("Opinion", {"fields": ["verdict", "half_stars", "how_seen", "how_seen_note"]}),
        ("Text", {"fields": ["body", "spoils", "pros", "cons", "lead_photo"]}),
        ("Content notes", {"fields": ["content_checked", "content_notes"]}),
        PieceAdmin.PUBLISHING,
        PieceAdmin.RELATIONS,
    ]
