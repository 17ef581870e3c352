"""The admin of lists, picks of the week and ballots."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from magazine.admin import BylineInline, CorrectionInline, PieceAdmin
from magazine.models import Contributor
from magazine.rights import User, may_publish
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
    """
    When a ballot is saved or deleted, its list is counted again.

    Whoever may not publish casts and changes his own ballot, as long as its list is a draft.
    """

    list_display = ["contributor", "list"]
    list_filter = ["list"]
    list_select_related = ["contributor", "list"]
    autocomplete_fields = ["list", "contributor"]
    inlines = [ChoiceInline]
    # State → what those may do who may not publish (cinemaclips/rights_table.py).
    rights_by_state = {
        "own, on a draft": ["view", "add", "change", "delete"],
        "of others": ["view", "add"],
        "on a list that is out": ["view", "add"],
    }

    def has_change_permission(self, request: HttpRequest, obj: Ballot | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_cast(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Ballot | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_cast(request.user, obj)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        if not may_publish(request.user):
            own = {
                "list": PickList.objects.drafts(),
                "contributor": Contributor.objects.of_user(request.user),
            }
            kwargs["queryset"] = own[db_field.name]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _recount_list(form.instance.list)

    def delete_model(self, request: HttpRequest, obj: Ballot) -> None:
        super().delete_model(request, obj)
        _recount_list(obj.list)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Ballot]) -> None:
        for ballot in queryset:
            self.delete_model(request, ballot)


def _may_cast(user: "User", ballot: Ballot | None) -> bool:
    """Whether `user` may change this ballot."""
    if ballot is None or may_publish(user):
        return True
    return ballot.list.published_at is None and ballot.contributor.user_id == user.pk


def _recount_list(pick_list: PickList) -> None:
    pick_list.update_picks_and_films()
    pick_list.index()


@admin.register(WeeklyPick)
class WeeklyPickAdmin(admin.ModelAdmin):
    list_display = ["film", "contributor", "starts_on", "ends_on"]
    list_select_related = ["film", "contributor"]
    autocomplete_fields = ["film", "contributor"]
