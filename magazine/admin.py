"""The admin of pieces, which every section extends, and of contributors, pins and static pages."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from films.admin import PhotoPickerAdmin
from magazine.models import Article, Byline, Contributor, Correction, Pin, StaticPage
from magazine.publication_state import StateFilter, publication_state
from magazine.publishing import PublishBlocker
from magazine.rights import add_own_byline, may_change_piece, may_publish, may_write_pieces
from magazine.roles import viewable_sections
from magazine.templatetags.magazine import site_datetime

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts

type Fieldset = tuple[str, _FieldOpts]

RATING_CHOICES = [
    ("", "No rating"),
    *((halves, f"{halves / 2:g} star{'s' if halves > 2 else ''}") for halves in range(10, 0, -1)),
]
LINES_WIDGET = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
PART_RATINGS = ["film_half_stars", "picture_half_stars", "sound_half_stars", "extras_half_stars"]
WIDGETS = {
    **dict.fromkeys(["half_stars", *PART_RATINGS], forms.Select(choices=RATING_CHOICES)),
    **dict.fromkeys(["dek", "verdict"], forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})),
    **dict.fromkeys(["pros", "cons", "content_notes"], LINES_WIDGET),
}

WITHOUT_CONTRIBUTOR = (
    "You can read the drafts here, and write none yet: no contributor has your log-in. Ask an editor to "
    "choose it in your record, under Contributors."
)


class BylineInline(admin.TabularInline):
    model = Byline
    extra = 1
    autocomplete_fields = ["contributor"]


class CorrectionInline(admin.TabularInline):
    model = Correction
    extra = 0


class PieceAdmin(PhotoPickerAdmin):
    """The base of every section's admin: publishing, bylines, corrections and the search index."""

    change_form_template = "admin/piece_form.html"
    list_display = ["title", "state", "written_by", "film", "rating"]
    list_filter = [StateFilter, ("bylines__contributor", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["film"]
    list_per_page = 50
    search_fields = ["title", "dek", "verdict", "film__title"]
    ordering = [models.F("published_at").desc(nulls_first=True), "-pk"]
    photo_fields = ["lead_photo"]
    autocomplete_fields = ["film", "films", "people", "see_also"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [BylineInline, CorrectionInline]
    save_on_top = True
    # State → what those may do who may not publish (cinemaclips/rights_table.py).
    rights_by_state = {
        "own draft": ["view", "add", "change", "delete"],
        "draft of others": ["view", "add"],
        "scheduled or out": ["view", "add"],
    }

    PUBLISHING: Fieldset = ("Publication", {"fields": ["published_at", "embargo_until", "unlisted"]})
    RELATIONS: Fieldset = (
        "Films and people",
        {"classes": ["collapse"], "fields": ["films", "people", "tags", "see_also"]},
    )

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(Byline.as_prefetch())

    def view_on_site(self, piece: Article) -> str:
        return piece.get_absolute_url()

    @admin.display(description="by")
    def written_by(self, piece: Article) -> str:
        return ", ".join(str(author) for author in piece.authors)

    @admin.display(ordering="half_stars")
    def rating(self, piece: Article) -> str:
        return f"{piece.half_stars / 2:g}" if piece.half_stars else ""

    @admin.display(ordering="published_at")
    def state(self, piece: Article) -> str:
        return publication_state(piece)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and may_write_pieces(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change_piece(request.user, obj))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if super().has_add_permission(request) and not may_write_pieces(request.user):
            messages.warning(request, WITHOUT_CONTRIBUTOR)
        return super().changelist_view(request, extra_context)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        locked = [] if may_publish(request.user) else ["published_at", "embargo_until"]
        return [*super().get_readonly_fields(request, obj), *locked]

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in WIDGETS:
            kwargs["widget"] = WIDGETS[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField) and field:
            zone = f"{settings.TIME_ZONE} ({timezone.localtime().tzname()})"
            field.help_text = f"{field.help_text} Times are in {zone}."
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        piece = kwargs.get("obj")
        if piece is not None:
            context |= {"publish_blockers": piece.publish_blockers(), "state": publication_state(piece)}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(
        self,
        request: HttpRequest,
        form: "forms.ModelForm[Any]",
        formsets: "Iterable[forms.BaseModelFormSet[Any, Any]]",
        change: bool,
    ) -> None:
        """Save bylines and other rows; save a piece that lacks some of them as a draft, and index it."""
        super().save_related(request, form, formsets, change)
        if not change:
            add_own_byline(request.user, form.instance)
        piece = self.model.objects.get(pk=form.instance.pk)
        missing = piece.missing_rows()
        before = form.initial.get("published_at")
        was_live = before is not None and before <= timezone.now()
        if missing and piece.published_at and not was_live:
            # The input is kept: the piece becomes a draft, and a message says what is missing.
            piece.published_at = form.instance.published_at = None
            piece.save()
            messages.warning(
                request, _blocked_message("Saved as a draft, it cannot be published yet.", missing)
            )
        elif missing and was_live:
            messages.warning(request, _blocked_message("This piece is out, and lacks something.", missing))
        piece.index()

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self._message_schedule(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self._message_schedule(request, obj)
        return super().response_change(request, obj)

    def _message_schedule(self, request: HttpRequest, piece: Article) -> None:
        if piece.published_at and piece.is_scheduled:
            messages.info(request, f"“{piece}” goes live {site_datetime(piece.published_at)}.")


def _blocked_message(outcome: str, missing: Iterable[PublishBlocker]) -> str:
    reasons = format_html_join(
        " ", '<a href="#{}-group">{}</a>', ((blocker.field, blocker.sentence) for blocker in missing)
    )
    return format_html("{} {}", outcome, reasons)


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """All pieces of all sections, only for the search in the fields "see also" and "article"."""

    search_fields = ["title"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return bool(viewable_sections(request.user))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Article]:
        return super().get_queryset(request).filter(section__in=viewable_sections(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Contributor)
class ContributorAdmin(PhotoPickerAdmin):
    list_display = ["name", "title", "user", "left_on"]
    search_fields = ["name"]
    photo_fields = ["portrait"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]


@admin.register(Pin)
class PinAdmin(admin.ModelAdmin):
    list_display = ["slot", "article", "until"]
    autocomplete_fields = ["article"]


@admin.register(StaticPage)
class StaticPageAdmin(admin.ModelAdmin):
    """Static pages. Other pages link to them, so they can be changed but not deleted."""

    list_display = ["title", "slug", "heading", "order", "updated_at"]
    list_filter = ["heading"]
    prepopulated_fields = {"slug": ["title"]}

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: StaticPage | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: StaticPage | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
