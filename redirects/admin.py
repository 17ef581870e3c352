"""The admin of redirects."""

from django.contrib import admin

from redirects.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    list_display = ["old_path", "old_query", "is_prefix", "new_path", "created_at"]
    list_filter = ["is_prefix"]
    search_fields = ["old_path", "new_path"]
