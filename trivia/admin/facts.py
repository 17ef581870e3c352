"""Facts in the admin."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from trivia.models import Fact
from trivia.models.facts import FactQuerySet


class CheckDueFilter(admin.SimpleListFilter):
    """Facts that staff should check, or check again."""

    title = "check"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Never checked, or two years ago")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        return cast(FactQuerySet, queryset).to_check() if self.value() == "due" else queryset


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin):
    list_display = ["__str__", "film", "person", "spoils", "checked_on", "checked_by"]
    list_filter = [CheckDueFilter, "spoils"]
    list_select_related = ["film", "person", "checked_by"]
    search_fields = ["text", "film__title", "person__name", "source"]
    autocomplete_fields = ["film", "person", "checked_by"]
