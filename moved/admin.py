"""Old addresses at the desk."""

from django.contrib import admin

from moved.models import Move


@admin.register(Move)
class MoveAdmin(admin.ModelAdmin):
    list_display = ["old_path", "old_query", "is_splat", "new_path", "made_at"]
    list_filter = ["is_splat"]
    search_fields = ["old_path", "new_path"]
