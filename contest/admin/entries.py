"""The list of entries, for staff who may see entrants."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from contest.models import Entry
from fans.admin import ReadOnlyAdmin, short_datetime


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Entries, read-only. Salt, code and token are left out: with them staff could act for an entrant."""

    list_display = ["entrant", "contest", "region", "status", "sent_on"]
    list_filter = [
        "contest",
        "channel",
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("rank", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["contest", "region", "disqualification"]
    search_fields = ["name", "email", "ticket"]
    show_full_result_count = False
    fields = [
        *"contest channel name email card_postal_address postmarked_on region newsletter doubts".split(),
        *"sent_at confirmed_at ticket weight rank erased_at".split(),
    ]

    @admin.display(description="entrant", ordering="name")
    def entrant(self, entry: Entry) -> str:
        if entry.erased_at:
            return "deleted"
        return format_html(
            '{} <span class="beneath">{}</span>', entry.name, entry.email or entry.card_postal_address
        )

    @admin.display(description="status", ordering="rank")
    def status(self, entry: Entry) -> str:
        if hasattr(entry, "disqualification"):
            return f"Out: {entry.disqualification.get_reason_display()}"
        if entry.rank is not None:
            return f"Number {entry.rank} of the draw"
        if not entry.is_confirmed:
            return "Not confirmed yet"
        return "Confirmed" if entry.channel == Entry.Channel.WEB else "Came by post"

    @admin.display(description="sent", ordering="sent_at")
    def sent_on(self, entry: Entry) -> str:
        return short_datetime(entry.sent_at)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("contest.see_entrants")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
