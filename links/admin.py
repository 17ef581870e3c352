"""The link directory at the desk, with the findings of the checker."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from links.models import Category, Link


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "order"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin):
    list_display = ["title", "category", "state", "finding", "checked_at", "worked_at"]
    list_filter = ["state", "category"]
    list_select_related = ["category"]
    search_fields = ["title", "url", "note"]
    readonly_fields = [
        "state",
        "finding",
        "page_title",
        "checked_at",
        "worked_at",
        "failing_since",
        "failures",
    ]
    actions = ["confirm_page"]

    @admin.action(description="The page is right: accept its title and check it again")
    def confirm_page(self, request: HttpRequest, links: QuerySet[Link]) -> None:
        for link in links:
            link.accept_new_title()
            link.save(update_fields=["page_title", "next_check"])
        messages.success(
            request, f"{len(links)} links will be checked anew; their titles are taken as found."
        )
