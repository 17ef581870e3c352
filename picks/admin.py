"""The admin of lists, picks of the week and ballots."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

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
        ("People and tags", {"classes": ["collapse"], "fields": ["people", "tags", "see_also"]}),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _recount_list(form.instance)


class ChoiceInline(admin.TabularInline):
    model = Choice
    extra = 10
    max_num = 10
    autocomplete_fields = ["film"]


@admin.register(Ballot)
class BallotAdmin(admin.ModelAdmin):
    """When a ballot is saved or deleted, its list is counted again."""

    list_display = ["contributor", "list"]
    list_filter = ["list"]
    list_select_related = ["contributor", "list"]
    autocomplete_fields = ["list", "contributor"]
    inlines = [ChoiceInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _recount_list(form.instance.list)

    def delete_model(self, request: HttpRequest, obj: Ballot) -> None:
        super().delete_model(request, obj)
        _recount_list(obj.list)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Ballot]) -> None:
        for ballot in queryset:
            self.delete_model(request, ballot)


def _recount_list(pick_list: PickList) -> None:
    pick_list.update_picks_and_films()
    pick_list.index()


@admin.register(WeeklyPick)
class WeeklyPickAdmin(admin.ModelAdmin):
    list_display = ["film", "contributor", "starts_on", "ends_on"]
    list_select_related = ["film", "contributor"]
    autocomplete_fields = ["film", "contributor"]
