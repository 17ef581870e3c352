"""Facts at the desk."""

from django.contrib import admin

from trivia.models import Fact


class CheckDueFilter(admin.SimpleListFilter):
    """Facts that somebody should look at."""

    title = "check"
    parameter_name = "check"

    def lookups(self, request, model_admin):
        return [("due", "Never checked, or two years ago")]

    def queryset(self, request, facts):
        return facts.to_check() if self.value() == "due" else facts


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin):
    list_display = ["__str__", "film", "person", "spoils", "checked_on", "checked_by"]
    list_filter = [CheckDueFilter, "spoils"]
    list_select_related = ["film", "person", "checked_by"]
    search_fields = ["text", "film__title", "person__name", "source"]
    autocomplete_fields = ["film", "person", "checked_by"]
