"""Requests in the admin."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator

from magazine.roles import staff_name
from reelrequests import staff_actions
from reelrequests.admin.decisions import decision_action
from reelrequests.admin.request_filters import OnDisc, PublicStatusFilter
from reelrequests.models import ReelRequest, Step
from reelrequests.models.statuses import Status

WHY_SHOWN = 120  # characters: enough to tell a request from an advertisement


class StepInline(admin.TabularInline):
    model = Step
    extra = 0
    fields = ["at", "kind", "note", "by"]
    readonly_fields = ["at", "kind", "note", "by"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def plan(reel_request: ReelRequest, by: str, now: datetime) -> None:
    _set_status(reel_request, Status.PLANNED, by, now)


def produce(reel_request: ReelRequest, by: str, now: datetime) -> None:
    _set_status(reel_request, Status.PRODUCTION, by, now)


def _set_status(reel_request: ReelRequest, status: Status, by: str, now: datetime) -> None:
    staff_actions.show(reel_request, by, now)
    reel_request.status = status
    staff_actions.save_changes(reel_request, by, now)


@admin.register(ReelRequest)
class ReelRequestAdmin(admin.ModelAdmin):
    list_display = ["title_and_why", "about", "public_status", "vote_counts", "plan_summary", "asked_on"]
    list_filter = ["moderation", PublicStatusFilter, "kind", OnDisc, "assigned_to", "asked_at"]
    list_select_related = ["film", "piece", "assigned_to", "merged_into"]
    search_fields = ["title", "why", "film__title", "person__name"]
    ordering = ["-moderation", "-asked_at", "-pk"]  # what waits for moderation comes first
    date_hierarchy = "planned_for"
    autocomplete_fields = ["film", "person", "piece"]
    inlines = [StepInline]
    actions = [
        decision_action("Show to readers", staff_actions.show),
        decision_action("Mark as spam", staff_actions.mark_spam),
        decision_action("Plan", plan),
        decision_action("Move into production", produce),
        "merge",
        decision_action("Undo the merge", staff_actions.split),
        "assign_to_me",
        "trust",
    ]
    fieldsets = [
        (None, {"fields": ["title", "kind", "why", "signed", "moderation", "held_for"]}),
        ("What it is about", {"fields": ["film", "person"]}),
        ("Decision", {"fields": ["status", "reason", "planned_for", "assigned_to", "piece"]}),
        ("Votes", {"fields": ["vote_count", "unconfirmed_count", "asked_at", "notified_at"]}),
    ]
    readonly_fields = ["moderation", "held_for", "vote_count", "unconfirmed_count", "asked_at", "notified_at"]

    class Media:
        css = {"all": ["desk/desk.css"]}
        js = ["desk/queue.js"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="what is asked for", ordering="title")
    def title_and_why(self, reel_request: ReelRequest) -> str:
        why = Truncator(reel_request.why).chars(WHY_SHOWN)
        if not why:
            return reel_request.title
        return format_html('{} <span class="beneath">{}</span>', reel_request.title, why)

    @admin.display(description="about", ordering="film__title")
    def about(self, reel_request: ReelRequest) -> str:
        kind = reel_request.get_kind_display()
        return f"{kind}: {reel_request.film}" if reel_request.film else kind

    @admin.display(description="public status", ordering="moderation")
    def public_status(self, reel_request: ReelRequest) -> str:
        """The status that readers see; if they do not see the request, the reason why."""
        if reel_request.merged_into:
            return f"Merged into {reel_request.merged_into}"
        if reel_request.moderation == ReelRequest.Moderation.SHOWN:
            return reel_request.public_status.label
        return ": ".join(filter(None, [reel_request.get_moderation_display(), reel_request.held_for]))

    @admin.display(description="votes", ordering="vote_count")
    def vote_counts(self, reel_request: ReelRequest) -> str | int:
        """The number of people, and with a "+" that of browsers without a confirmed address, if any."""
        if not reel_request.unconfirmed_count:
            return reel_request.vote_count
        return f"{reel_request.vote_count} + {reel_request.unconfirmed_count}"

    @admin.display(description="plan", ordering="planned_for")
    def plan_summary(self, reel_request: ReelRequest) -> str:
        """The day for which it is planned, and who works on it."""
        day = date_format(reel_request.planned_for, "j M Y") if reel_request.planned_for else ""
        name = staff_name(reel_request.assigned_to) if reel_request.assigned_to else ""
        return ", ".join(filter(None, [day, name]))

    @admin.display(description="asked", ordering="asked_at")
    def asked_on(self, reel_request: ReelRequest) -> str:
        return date_format(timezone.localtime(reel_request.asked_at), "j M Y")

    def save_model(
        self, request: HttpRequest, obj: ReelRequest, form: "forms.ModelForm[ReelRequest]", change: bool
    ) -> None:
        staff_actions.save_changes(obj, staff_name(cast(User, request.user)), timezone.now())

    @admin.action(description="Merge into one request", permissions=["change"])
    def merge(self, request: HttpRequest, requests: QuerySet[ReelRequest]) -> None:
        try:
            primary = staff_actions.merge(
                list(requests.select_related("merged_into")),
                staff_name(cast(User, request.user)),
                timezone.now(),
            )
        except staff_actions.DecisionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Merged into {primary}, with {primary.vote_count} people.")

    @admin.action(description="Assign to me", permissions=["change"])
    def assign_to_me(self, request: HttpRequest, requests: QuerySet[ReelRequest]) -> None:
        messages.success(request, f"Assigned to you: {requests.update(assigned_to=request.user)}.")

    @admin.action(description="Trust the requester: no review of later requests", permissions=["change"])
    def trust(self, request: HttpRequest, requests: QuerySet[ReelRequest]) -> None:
        trusted = [staff_actions.trust_requester(reel_request) for reel_request in requests]
        messages.success(
            request, f"Trusted: {sum(trusted)}. Without a confirmed address: {trusted.count(False)}."
        )
