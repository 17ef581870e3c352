"""The admin of the blog."""

from django.contrib import admin

from blog.models import Post, Series
from magazine.admin import PieceAdmin


@admin.register(Post)
class PostAdmin(PieceAdmin):
    list_display = ["title", "state", "written_by", "kind", "series"]
    list_filter = [*PieceAdmin.list_filter, "kind", "series"]
    list_select_related = ["series"]
    fieldsets = [
        (None, {"fields": ["kind", "title", "slug", "dek", "said_by", "series"]}),
        ("Text", {"fields": ["body", "spoils", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        (
            "Films and people",
            {"classes": ["collapse"], "fields": ["film", "films", "people", "tags", "see_also"]},
        ),
    ]


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    prepopulated_fields = {"slug": ["name"]}
