"""The board: what readers ask for, looked at, planned, united and answered; and the monthly round."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator

from magazine.roles import staff_name
from reelrequests import deciding
from reelrequests.models import Candidate, Guess, ReelRequest, Round, Step, TrustedAddress
from reelrequests.models.requests import Status

WHY_SHOWN = 120  # enough to tell a wish from an advertisement


class StandingFilter(admin.SimpleListFilter):
    """What a request reads as, which its piece and the clock decide with."""

    title = parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, requests):
        return requests.in_status(self.value()) if self.value() else requests


class OnDisc(admin.SimpleListFilter):
    """Requests whose film lies on some shelf as a disc."""

    title, parameter_name = "disc", "disc"

    def lookups(self, request, model_admin):
        return [("yes", "The film is on disc")]

    def queryset(self, request, requests):
        return requests.filter(film__releases__isnull=False).distinct() if self.value() else requests


class StepInline(admin.TabularInline):
    model = Step
    extra = 0
    fields = readonly_fields = ["at", "kind", "note", "by"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _decision(description, decide):
    """An action that takes one decision on each of the chosen rows; what cannot be is said, row by row."""

    @admin.action(description=description, permissions=["change"])
    def act(model_admin, request, rows):
        by, now, done = staff_name(request.user), timezone.now(), 0
        for row in rows:
            try:
                decide(row, by, now)
                done += 1
            except deciding.NotSo as refusal:
                messages.error(request, str(refusal))
        messages.success(request, f"{description}: {done}.")

    act.__name__ = decide.__name__
    return act


def plan(asked, by, now):
    _move(asked, Status.PLANNED, by, now)


def produce(asked, by, now):
    _move(asked, Status.PRODUCTION, by, now)


def _move(asked, status, by, now):
    deciding.show(asked, by, now)
    asked.status = status
    deciding.note(asked, by, now)


@admin.register(ReelRequest)
class ReelRequestAdmin(admin.ModelAdmin):
    list_display = ["wish", "about", "standing", "wanted", "planned", "asked_on"]
    list_filter = ["look", StandingFilter, "kind", OnDisc, "assigned_to", "asked_at"]
    list_select_related = ["film", "piece", "assigned_to", "merged_into"]
    search_fields = ["title", "why", "film__title", "person__name"]
    ordering = ["-look", "-asked_at", "-pk"]  # what waits for a look comes first
    date_hierarchy = "planned_for"
    autocomplete_fields = ["film", "person", "piece"]
    inlines = [StepInline]
    actions = [
        _decision("Show to readers", deciding.show),
        _decision("It is spam", deciding.call_spam),
        _decision("Plan", plan),
        _decision("Into production", produce),
        "unite",
        _decision("Split off again", deciding.split),
        "take",
        "trust",
    ]
    fieldsets = [
        (None, {"fields": ["title", "kind", "why", "signed", "look", "held_for"]}),
        ("What it is about", {"fields": ["film", "person"]}),
        ("What becomes of it", {"fields": ["status", "reason", "planned_for", "assigned_to", "piece"]}),
        ("Who wants it", {"fields": ["voices", "unconfirmed", "asked_at", "told_at"]}),
    ]
    readonly_fields = ["look", "held_for", "voices", "unconfirmed", "asked_at", "told_at"]

    class Media:
        css = {"all": ["desk/desk.css"]}
        js = ["desk/queue.js"]

    def has_add_permission(self, request):
        return False

    @admin.display(description="what is asked for", ordering="title")
    def wish(self, asked):
        why = Truncator(asked.why).chars(WHY_SHOWN)
        return format_html('{} <span class="beneath">{}</span>', asked.title, why) if why else asked.title

    @admin.display(description="about", ordering="film__title")
    def about(self, asked):
        kind = asked.get_kind_display()
        return f"{kind}: {asked.film}" if asked.film else kind

    @admin.display(description="reads as", ordering="look")
    def standing(self, asked):
        """What readers see it as; for what they do not see: why not."""
        if asked.merged_into:
            return f"One with {asked.merged_into}"
        if asked.look == ReelRequest.Look.SHOWN:
            return asked.standing.label
        return ": ".join(filter(None, [asked.get_look_display(), asked.held_for]))

    @admin.display(description="voices", ordering="voices")
    def wanted(self, asked):
        """People, and browsers that are counted apart."""
        return f"{asked.voices} + {asked.unconfirmed}" if asked.unconfirmed else asked.voices

    @admin.display(description="plan", ordering="planned_for")
    def planned(self, asked):
        """The day it is planned for, and who does it."""
        day = date_format(asked.planned_for, "j M Y") if asked.planned_for else ""
        return ", ".join(filter(None, [day, staff_name(asked.assigned_to) if asked.assigned_to else ""]))

    @admin.display(description="asked", ordering="asked_at")
    def asked_on(self, asked):
        return date_format(timezone.localtime(asked.asked_at), "j M Y")

    def save_model(self, request, asked, form, change):
        deciding.note(asked, staff_name(request.user), timezone.now())

    @admin.action(description="Make one of them", permissions=["change"])
    def unite(self, request, requests):
        try:
            head = deciding.unite(
                list(requests.select_related("merged_into")), staff_name(request.user), timezone.now()
            )
        except deciding.NotSo as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"They are one now: {head}, with {head.voices} people.")

    @admin.action(description="I do it", permissions=["change"])
    def take(self, request, requests):
        messages.success(request, f"Yours: {requests.update(assigned_to=request.user)}.")

    @admin.action(description="Trust who asked: show what they ask for from now on", permissions=["change"])
    def trust(self, request, requests):
        trusted = [deciding.trust(each) for each in requests]
        messages.success(
            request, f"Trusted: {sum(trusted)}. Without a confirmed address: {trusted.count(False)}."
        )


@admin.register(Guess)
class GuessAdmin(admin.ModelAdmin):
    list_display = ["title", "request", "film", "look", "is_accepted", "guessed_at", "held_for"]
    list_filter = ["look", "is_accepted"]
    list_select_related = ["request", "film"]
    search_fields = ["title", "request__title"]
    autocomplete_fields = ["film"]
    readonly_fields = ["request", "look", "held_for", "is_accepted", "guessed_at"]
    fields = ["request", "title", "film", "why", "signed", "look", "held_for", "is_accepted", "guessed_at"]
    actions = [
        _decision("Show to readers", deciding.show_guess),
        _decision("It is spam", deciding.call_guess_spam),
        _decision("It is this film", deciding.accept),
    ]

    class Media:
        js = ["desk/queue.js"]

    def has_add_permission(self, request):
        return False


class CandidateInline(admin.TabularInline):
    model = Candidate
    extra = 4
    autocomplete_fields = ["request"]
    fields = ["order", "request", "votes", "unconfirmed"]
    readonly_fields = ["votes", "unconfirmed"]


@admin.register(Round)
class RoundAdmin(admin.ModelAdmin):
    list_display = ["title", "opens_at", "closes_at"]
    inlines = [CandidateInline]


@admin.register(TrustedAddress)
class TrustedAddressAdmin(admin.ModelAdmin):
    search_fields = ["email"]
