"""The entries: looked at by those who may see entrants, and by nobody else."""

from django.contrib import admin

from contest.models import Entry
from fans.admin import LookedAt


@admin.register(Entry)
class EntryAdmin(LookedAt):
    """No salt, no code and no token: with them staff could press buttons for somebody else."""

    list_display = ["name", "email", "contest", "way", "region", "sent_at", "confirmed_at", "rank"]
    list_filter = [
        "contest",
        "way",
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("rank", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["contest", "region"]
    search_fields = ["name", "email", "ticket"]
    show_full_result_count = False
    fields = [
        *(
            "contest",
            "way",
            "name",
            "email",
            "card_address",
            "postmarked_on",
            "region",
            "newsletter",
            "doubts",
        ),
        *("sent_at", "confirmed_at", "ticket", "weight", "rank", "erased_at"),
    ]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("contest.see_entrants")

    def has_module_permission(self, request):
        return self.has_view_permission(request)
