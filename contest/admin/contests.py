"""The contest's form, and the way to its other screens. Once it has opened its terms are only shown."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone

from contest import opening, publish_checks
from contest.admin import draws, moderation, prizes
from contest.models import Amendment, AuditEvent, Contest, Filing, Prize, Source
from contest.models.contests import FROZEN_FIELDS
from magazine.admin import CorrectionInline, PieceAdmin
from magazine.roles import staff_name

URL_SEGMENTS = {"moderation": "look"}  # where it is not the screen's name


class TermInline(admin.TabularInline):
    """Rows that are part of what was promised: they stay once the contest has opened."""

    extra = 1

    def _terms_may_change(self, obj: Contest | None) -> bool:
        return obj is None or not obj.has_opened

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return super().has_add_permission(request, obj) and self._terms_may_change(obj)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return super().has_change_permission(request, obj) and self._terms_may_change(obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and self._terms_may_change(obj)


class PrizeInline(TermInline):
    model = Prize
    autocomplete_fields = ["release"]


class SourceInline(TermInline):
    model = Source


class FilingInline(admin.TabularInline):
    model = Filing
    extra = 0


class AmendmentInline(admin.TabularInline):
    """Notices can be added, and never changed or taken back."""

    model = Amendment
    extra = 0
    verbose_name_plural = "notices to the rules"

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return super().has_add_permission(request, obj) and obj is not None and obj.has_opened


@admin.register(Contest)
class ContestAdmin(PieceAdmin):
    change_form_template = "admin/contest/contest_form.html"
    list_display = ["title", "state", "draw_id", "opens_at", "closes_at"]
    list_filter = PieceAdmin.list_filter[:1]
    search_fields = ["title", "draw_id"]
    inlines = [PrizeInline, SourceInline, FilingInline, AmendmentInline, CorrectionInline]
    filter_horizontal = ["regions"]
    autocomplete_fields = ["film", "films", "people", "see_also", "question_set"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "draw_id", "dek", "film"]}),
        ("When it runs", {"fields": [("opens_at", "closes_at"), "zone"]}),
        ("Who may enter", {"fields": ["minimum_age", "rest_days", "regions", "at_retail"]}),
        ("What counts", {"fields": ["question_set", "questions_per_entry", "eligibility", "max_chances"]}),
        ("After the draw", {"fields": ["alternates", "claim_days", "entries_deleted_on", "winners_deleted_on"]}),
        ("Who promises", {"fields": ["sponsor", "sponsor_postal_address", "cards_received_by"]}),
        ("Text", {"fields": ["body", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        PieceAdmin.RELATIONS,
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Contest | None = None) -> list[str]:
        frozen_fields = (
            [*FROZEN_FIELDS, "regions", "published_at", "embargo_until"] if obj and obj.has_opened else []
        )
        return [*super().get_readonly_fields(request, obj), *frozen_fields]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Contest | None = None
    ) -> dict[str, list[str]]:
        return {} if obj and obj.has_opened else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """One by one, and nothing that is on record."""
        return obj is not None and super().has_delete_permission(request, obj) and not obj.audit_log.exists()

    def render_change_form(self, request: HttpRequest, context: dict[str, str], **kwargs: Any) -> Any:
        contest = kwargs.get("obj")
        if contest is not None:
            context |= {
                "warnings": publish_checks.warnings(contest),
                "where": contest.state_at(timezone.now()),
            }
        return super().render_change_form(request, context, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The rules are kept, word for word, whenever a published or scheduled contest is saved."""
        super().save_related(request, form, formsets, change)
        contest = Contest.objects.with_terms().get(pk=form.instance.pk)
        if contest.published_at and not contest.audit_log.filter(kind="opened").exists():
            rules = opening.record_published_rules(contest, timezone.now(), staff_name(request.user))
            messages.info(request, f"Version {rules.version} of the rules is on the site.")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Amendment:
            for amendment in formset.new_objects:
                AuditEvent.objects.append(
                    form.instance, "amended", staff_name(request.user), text=amendment.text
                )

    def get_urls(self) -> list[Any]:
        screens = {
            "moderation": moderation.moderate,
            "card": moderation.card,
            "figures": moderation.figures,
            "freeze": draws.freeze,
            "numbers": draws.numbers,
            "winners": prizes.winners,
            "sheet": prizes.sheet,
            "filing": prizes.filing,
        }
        reinstate = self.admin_site.admin_view(moderation.reinstate)
        screen_urls = [
            path("<int:pk>/look/<int:disqualification_pk>/back/", reinstate, name="contest_reinstate")
        ]
        screen_urls += [
            path(
                f"<int:pk>/{URL_SEGMENTS.get(name, name)}/",
                self.admin_site.admin_view(screen),
                name=f"contest_{name}",
            )
            for name, screen in screens.items()
        ]
        return screen_urls + super().get_urls()
