"""The admin of the show, its channels, and letters."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from about.models import Airing, Channel, Episode, Letter, Segment, Topic
from magazine.admin import BylineInline, CorrectionInline, PieceAdmin


class SegmentInline(admin.TabularInline):
    model = Segment
    fk_name = "episode"
    extra = 1
    autocomplete_fields = ["article", "film"]


class AiringInline(admin.TabularInline):
    model = Airing
    extra = 1
    autocomplete_fields = ["channel"]


@admin.register(Episode)
class EpisodeAdmin(PieceAdmin):
    list_display = ["title", "state", "code"]
    list_filter = [*PieceAdmin.list_filter[:1], "season"]
    inlines = [SegmentInline, AiringInline, BylineInline, CorrectionInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "dek", "season", "number", "minutes_long", "video_url"]}),
        ("Text", {"fields": ["body", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        ("Films and people", {"classes": ["collapse"], "fields": ["films", "people", "tags", "see_also"]}),
    ]

    def save_related(
        self, request: HttpRequest, form: "ModelForm[Episode]", formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.add_films_and_people()


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin):
    list_display = ["name", "coverage_area", "zone"]
    search_fields = ["name"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "forward_to", "order"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """Staff read letters and change their state; they cannot add or edit one."""

    list_display = ["__str__", "state", "sent_at", "forwarded_at", "hold_reason"]
    list_filter = ["state", "topic"]
    list_select_related = ["topic"]
    search_fields = ["text", "name", "email"]
    date_hierarchy = "sent_at"
    readonly_fields = ["topic", "name", "email", "page", "text", "hold_reason", "sent_at", "forwarded_at"]
    actions = ["release", "mark_spam", "mark_answered"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Not spam: forward to the mailbox of the topic")
    def release(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        self._set_state(request, letters, Letter.State.NEW, "released")

    @admin.action(description="Mark as spam")
    def mark_spam(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        self._set_state(request, letters, Letter.State.SPAM, "marked as spam")

    @admin.action(description="Mark as answered")
    def mark_answered(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        self._set_state(request, letters, Letter.State.ANSWERED, "marked as answered")

    def _set_state(
        self, request: HttpRequest, letters: QuerySet[Letter], state: Letter.State, outcome: str
    ) -> None:
        count = letters.update(state=state)
        messages.success(request, f"{count} letters {outcome}.")
