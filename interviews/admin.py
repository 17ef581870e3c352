"""The admin of interviews, with the two screens for pasting a transcript."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import ResolverMatch, URLPattern, path, reverse

from interviews.forms import CheckForm, PasteForm
from interviews.importer import import_transcript, named_bylines
from interviews.input_formats import strip_emphasis
from interviews.models import Interview, Speaker, Turn
from interviews.parser import parse
from interviews.transcripts import ParsedTranscript
from magazine.admin import PieceAdmin
from magazine.rights import add_own_byline


class SpeakerInline(admin.TabularInline):
    model = Speaker
    extra = 1
    autocomplete_fields = ["person"]


class TurnInline(admin.StackedInline):
    model = Turn
    extra = 0
    fields = [("order", "kind", "speaker"), "text", ("pull_from", "pull_to")]
    classes = ["turns-inline"]

    class Media:
        js = ["desk/pull_quote.js"]

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        if db_field.name == "speaker":
            match = cast(ResolverMatch, request.resolver_match)  # set for every request that reaches a view
            interview_pk = match.kwargs.get("object_id")
            kwargs["queryset"] = Speaker.objects.filter(interview=interview_pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Interview)
class InterviewAdmin(PieceAdmin):
    list_display = ["title", "state", "written_by", "setting"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "dek", "lead_photo"]}),
        ("Setting", {"fields": ["occasion", "place", "held_on", "is_edited", "is_fiction"]}),
        ("Before and after the turns", {"fields": ["body", "afterword", "spoils"]}),
        PieceAdmin.PUBLISHING,
        (
            "Films and people",
            {"classes": ["collapse"], "fields": ["film", *PieceAdmin.RELATIONS[1]["fields"]]},
        ),
        ("Original text", {"classes": ["collapse"], "fields": ["transcript"]}),
    ]
    inlines = [*PieceAdmin.inlines, SpeakerInline, TurnInline]
    readonly_fields = ["transcript"]
    change_list_template = "admin/interviews/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        paste_view = self.admin_site.admin_view(self.paste_transcript)
        return [path("paste/", paste_view, name="interviews_interview_paste"), *super().get_urls()]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.add_speakers_to_people()

    def paste_transcript(self, request: HttpRequest) -> HttpResponse:
        """Paste a transcript, check the parsed turns, and save them. Nothing is stored before that."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "title" in request.POST:
            return self._save_checked(request)
        form = PasteForm(request.POST, request.FILES) if request.method == "POST" else PasteForm()
        if request.method == "POST" and form.is_valid():
            transcript = form.cleaned_data["transcript"]
            check_form = CheckForm(initial={"text": form.cleaned_data["text"]}, transcript=transcript)
            return self._render_check(request, check_form, form.cleaned_data["text"])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": "Paste a transcript",
        }
        return TemplateResponse(request, "admin/interviews/paste.html", context)

    def _save_checked(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("text", "")
        form = CheckForm(request.POST, transcript=parse(text))
        if not form.is_valid():
            return self._render_check(request, form, text)
        interview = import_transcript(
            form.transcript,
            text,
            title=form.cleaned_data["title"],
            names=form.full_names(),
            only_known_contributors=not request.user.has_perm("magazine.add_contributor"),
        )
        add_own_byline(request.user, interview)
        self._name_unknown_contributors(request, form.transcript, interview)
        messages.success(request, f"“{interview}” is saved as a draft. The original is kept with it.")
        return redirect(reverse("admin:interviews_interview_change", args=[interview.pk]))

    def _name_unknown_contributors(
        self, request: HttpRequest, transcript: ParsedTranscript, interview: Interview
    ) -> None:
        """Say which names in the text have no byline, because nobody of that name is a contributor."""
        named = {name for name, _ in named_bylines(transcript.intro_parts)}
        missing = named - {
            byline.contributor.name for byline in interview.bylines.select_related("contributor")
        }
        if missing:
            names = " and ".join(sorted(missing))
            messages.warning(request, f"No contributor is called {names}. Ask an editor to add them.")

    def _render_check(self, request: HttpRequest, form: CheckForm, text: str) -> HttpResponse:
        transcript = form.transcript
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": "Check the turns",
            "original": text,
            "intro_parts": transcript.intro_parts,
            "intro_paragraphs": [
                strip_emphasis(paragraph) for paragraph in transcript.intro_parts.paragraphs
            ],
            "confidence": transcript.confidence,
            "turns": [(turn.kind, turn.speaker, strip_emphasis(turn.text)) for turn in transcript.turns],
            "outro": strip_emphasis(transcript.outro),
        }
        return TemplateResponse(request, "admin/interviews/check.html", context)
