"""The form of a contest, and the URLs of its other screens. Once it has opened, its terms are read-only."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from contest import opening, publish_warnings
from contest.admin import draws, moderation, prizes
from contest.models import Amendment, AuditEvent, Contest, Filing, Prize, Source
from contest.models.field_lists import FROZEN_FIELDS
from magazine.admin import CorrectionInline, PieceAdmin
from magazine.roles import staff_name

if TYPE_CHECKING:
    from django import forms

URL_SEGMENTS = {"moderation": "look"}  # the screens whose URL segment is not their name


class TermInline(admin.TabularInline):
    """Rows that are terms of the contest: read-only once it has opened."""

    extra = 1

    def _terms_may_change(self, obj: Contest | None) -> bool:
        return obj is None or not obj.has_opened

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and self._terms_may_change(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._terms_may_change(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
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
    """Amendments can be added once the contest has opened, and never changed or deleted."""

    model = Amendment
    extra = 0
    verbose_name_plural = "notices to the rules"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
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
        ("Eligibility", {"fields": ["question_set", "questions_per_entry", "eligibility", "max_chances"]}),
        ("After the draw", {
            "fields": ["alternates", "claim_days", "entries_deleted_on", "winners_deleted_on"],
        }),
        ("Sponsor", {"fields": ["sponsor", "sponsor_postal_address", "cards_received_by"]}),
        ("Text", {"fields": ["body", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        PieceAdmin.RELATIONS,
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Contest | None = None) -> list[Any]:
        frozen_fields = (
            [*FROZEN_FIELDS, "regions", "published_at", "embargo_until"] if obj and obj.has_opened else []
        )
        return [*super().get_readonly_fields(request, obj), *frozen_fields]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Contest | None = None) -> dict[str, Any]:
        return {} if obj and obj.has_opened else dict(super().get_prepopulated_fields(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allowed on the contest's own page only, and only while it has no audit event."""
        return obj is not None and super().has_delete_permission(request, obj) and not obj.audit_log.exists()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        contest = kwargs.get("obj")
        if contest is not None:
            context |= {
                "warnings": publish_warnings.warnings(contest),
                "where": contest.state_at(timezone.now()),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(
        self, request: HttpRequest, form: "forms.ModelForm[Contest]", formsets: Any, change: bool
    ) -> None:
        """Store the rules whenever a published or scheduled contest is saved that has not opened."""
        super().save_related(request, form, formsets, change)
        contest = Contest.objects.with_terms().get(pk=form.instance.pk)
        if contest.published_at and not contest.audit_log.filter(kind="opened").exists():
            rules = opening.record_published_rules(
                contest, timezone.now(), staff_name(cast(User, request.user))
            )
            messages.info(request, f"Version {rules.version} of the rules is on the site.")

    def save_formset(
        self, request: HttpRequest, form: "forms.ModelForm[Contest]", formset: Any, change: bool
    ) -> None:
        """Put each new amendment into the audit log."""
        super().save_formset(request, form, formset, change)
        if formset.model is Amendment:
            for amendment in formset.new_objects:
                AuditEvent.objects.append(
                    form.instance, "amended", staff_name(cast(User, request.user)), text=amendment.text
                )

    def get_urls(self) -> list[URLPattern]:
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
