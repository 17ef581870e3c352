"""The admin of disc reviews."""

from django.contrib import admin

from dvdelighted.models import DiscReview
from magazine.admin import PieceAdmin


@admin.register(DiscReview)
class DiscReviewAdmin(PieceAdmin):
    list_filter = [*PieceAdmin.list_filter, "release__format"]
    autocomplete_fields = ["release", "films", "people", "see_also"]
    fieldsets = [
        (None, {"fields": ["release", "title", "slug", "dek"]}),
        ("Opinion", {"fields": ["verdict", "half_stars", "how_seen", "how_seen_note"]}),
        (
            "Ratings of the parts",
            {"fields": ["film_half_stars", "picture_half_stars", "sound_half_stars", "extras_half_stars"]},
        ),
        ("Text", {"fields": ["body", "spoils", "transfer", "supplements", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        PieceAdmin.RELATIONS,
    ]
