"""Lists, picks of the week and ballots at the desk."""

from django.contrib import admin

from magazine.admin import BylineInline, CorrectionInline, PieceAdmin
from picks.models import Ballot, Choice, Pick, PickList, WeeklyPick


class PickInline(admin.TabularInline):
    model = Pick
    extra = 1
    autocomplete_fields = ["film"]
    readonly_fields = ["points", "ballots"]


@admin.register(PickList)
class PickListAdmin(PieceAdmin):
    list_display = ["title", "state", "written_by", "list_kind"]
    inlines = [PickInline, BylineInline, CorrectionInline]
    autocomplete_fields = ["people", "see_also"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "dek", "list_kind"]}),
        ("Text", {"fields": ["body", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        ("Joins", {"classes": ["collapse"], "fields": ["people", "tags", "see_also"]}),
    ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        _recount_list(form.instance)


class ChoiceInline(admin.TabularInline):
    model = Choice
    extra = 10
    max_num = 10
    autocomplete_fields = ["film"]


@admin.register(Ballot)
class BallotAdmin(admin.ModelAdmin):
    """A saved ballot is counted at once, on the list it belongs to."""

    list_display = ["contributor", "list"]
    list_filter = ["list"]
    list_select_related = ["contributor", "list"]
    autocomplete_fields = ["list", "contributor"]
    inlines = [ChoiceInline]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        _recount_list(form.instance.list)

    def delete_model(self, request, ballot):
        super().delete_model(request, ballot)
        _recount_list(ballot.list)

    def delete_queryset(self, request, ballots):
        for ballot in ballots:
            self.delete_model(request, ballot)


def _recount_list(pick_list):
    pick_list.update_picks_and_films()
    pick_list.index()


@admin.register(WeeklyPick)
class WeeklyPickAdmin(admin.ModelAdmin):
    list_display = ["film", "contributor", "starts_on", "ends_on"]
    list_select_related = ["film", "contributor"]
    autocomplete_fields = ["film", "contributor"]
