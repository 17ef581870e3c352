"""Facts at the desk."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from trivia.models import Fact

if TYPE_CHECKING:
    from trivia.models.facts import FactQuerySet


class CheckDueFilter(admin.SimpleListFilter):
    """Facts that somebody should look at."""

    title = "check"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Never checked, or two years ago")]

    def queryset(self, request: HttpRequest, facts: "FactQuerySet") -> "FactQuerySet":
        return facts.to_check() if self.value() == "due" else facts


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin):
    list_display = ["__str__", "film", "person", "spoils", "checked_on", "checked_by"]
    list_filter = [CheckDueFilter, "spoils"]
    list_select_related = ["film", "person", "checked_by"]
    search_fields = ["text", "film__title", "person__name", "source"]
    autocomplete_fields = ["film", "person", "checked_by"]
