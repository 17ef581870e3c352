"""The question bank in the admin: edit, import and export questions, and see how they are answered."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from trivia.formats import WRITABLE_FORMATS, write
from trivia.import_forms import CheckForm, UploadForm
from trivia.importer import COLLECTION_TERMS, OUR_TERMS, import_questions, similar_questions
from trivia.marking import in_words
from trivia.models import Option, Question
from trivia.models.questions import QuestionQuerySet
from trivia.results import success_rate
from trivia.statistics import ENOUGH_ANSWERS

FILE_EXTENSIONS = {"csv": "csv", "gift": "gift.txt", "moodle": "xml", "json": "json"}


RIGHT_ANSWERS_CHANGED = (
    "Answers that players have given keep their marks. A ruling would mark them by the new key."
)


class AttentionFilter(admin.SimpleListFilter):
    """Questions to review: flagged by readers, or suspect by their statistics."""

    title = "attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("flagged", "Flagged by readers"), ("suspect", "Suspect by its answers")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        if self.value() == "flagged":
            return cast(QuestionQuerySet, queryset).flagged()
        return queryset.exclude(record=None).exclude(record__suspicions="") if self.value() else queryset


class OptionInline(admin.TabularInline):
    model = Option
    extra = 4
    max_num = 12
    fields = ["order", "text", "is_right"]
    readonly_fields = ["order"]


def _export_action(name: str) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse]:
    """Return the admin action that downloads the selected questions in this format."""

    @admin.action(description=f"Export as {name}")
    def send(model_admin: Any, request: HttpRequest, questions: QuerySet[Any]) -> HttpResponse:
        text = write(
            [each.as_parsed() for each in cast(QuestionQuerySet, questions).with_options().order_by("pk")],
            name,
        )
        response = HttpResponse(text, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f'attachment; filename="questions.{FILE_EXTENSIONS[name]}"'
        return response

    send.__name__ = f"as_{name}"
    return send


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):
    change_list_template = "admin/trivia/question_list.html"
    list_display = ["__str__", "kind", "status", "difficulty", "answered", "right_share", "suspicion"]
    list_filter = [AttentionFilter, "status", "kind", "difficulty", "licence"]
    list_select_related = ["record"]
    search_fields = ["text", "film__title", "person__name", "options__text"]
    autocomplete_fields = ["film", "person", "piece", "photo"]
    inlines = [OptionInline]
    actions = ["make_live", "retire", *map(_export_action, WRITABLE_FORMATS)]
    fieldsets = [
        (
            None,
            {"fields": ["kind", "text", "photo", "photo_alt", "explanation", "difficulty", "status", "tags"]},
        ),
        ("What it is about", {"fields": ["film", "person", "piece"]}),
        ("Where it comes from", {"fields": ["source", "source_url", "author", "licence"]}),
        ("How it is answered", {"fields": ["record_summary", "flags_summary"]}),
    ]
    readonly_fields = ["record_summary", "flags_summary"]

    @admin.display(ordering="record__answer_count")
    def answered(self, question: Question) -> int:
        record = getattr(question, "record", None)
        return record.answer_count if record else 0

    @admin.display(description="right")
    def right_share(self, question: Question) -> str:
        record = getattr(question, "record", None)
        return (
            f"{record.right_count / record.answer_count:.0%}"
            if record and record.answer_count >= ENOUGH_ANSWERS
            else ""
        )

    @admin.display(description="suspect", ordering="record__suspicions")
    def suspicion(self, question: Question) -> str:
        record = getattr(question, "record", None)
        return record.suspicions.replace("\n", " ") if record else ""

    @admin.display(description="Answers")
    def record_summary(self, question: Question) -> str:
        """How often each answer was given; the difficulty only after sixty first answers."""
        record = getattr(question, "record", None) if question.pk else None
        if not record or not record.answer_count:
            return "Nobody has answered it yet."
        submission_counts = (
            (", ".join(in_words(question, submission)), many)
            for submission, many in record.submission_counts.items()
        )
        chosen = format_html_join("", "<li>{}: {}</li>", submission_counts)
        summary = (
            success_rate(question)
            or f"{record.answer_count} of the {ENOUGH_ANSWERS} first answers that it takes to say more."
        )
        return format_html(
            "<p>{}</p><ul>{}<li>Passed over: {}</li></ul><p>{}</p>",
            summary,
            chosen,
            record.passed_count,
            record.suspicions,
        )

    @admin.display(description="Flags")
    def flags_summary(self, question: Question) -> str:
        if not question.pk:
            return ""
        flags = format_html_join(
            "",
            "<li>{}: {}</li>",
            ((flag.get_reason_display(), flag.note) for flag in question.flags.waiting()),
        )
        rule = f"{reverse('admin:trivia_ruling_add')}?question={question.pk}"
        return format_html('<ul>{}</ul><p><a href="{}">Make a ruling</a></p>', flags, rule)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A question with answers cannot be deleted, only retired: results of players show it."""
        return super().has_delete_permission(request, obj) and not (obj and obj.answers.exists())

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The kind of a question with answers cannot be changed."""
        fixed = ["kind"] if obj and obj.answers.exists() else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="trivia_question_import"), *super().get_urls()]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Number the options; set a live question back to draft if it cannot be asked."""
        super().save_related(request, form, formsets, change)
        question = Question.objects.with_options().get(pk=form.instance.pk)
        _number_options(question)
        blocker = question.publish_blocker()
        if blocker and question.status == Question.Status.LIVE:
            Question.objects.filter(pk=question.pk).update(status=Question.Status.DRAFT)
            messages.warning(request, f"Saved, and kept as a draft: {blocker}")
        elif blocker:
            messages.warning(request, blocker)
        if (
            change
            and any(_changes_right_answers(formset) for formset in formsets)
            and question.answers.exists()
        ):
            messages.warning(request, RIGHT_ANSWERS_CHANGED)
        for other in similar_questions(question):
            messages.warning(request, f"Nearly the same is in the bank: “{other}” (number {other.pk}).")

    @admin.action(description="Make live: players are asked it")
    def make_live(self, request: HttpRequest, questions: QuestionQuerySet) -> None:
        blockers = {each: each.publish_blocker() for each in questions.with_options()}
        good = [each.pk for each, blocker in blockers.items() if not blocker]
        questions.filter(pk__in=good).update(status=Question.Status.LIVE)
        for question, blocker in blockers.items():
            if blocker:
                messages.warning(request, f"“{question}” stays as it is: {blocker}")
        messages.success(request, f"{len(good)} live.")

    @admin.action(description="Retire: no longer asked")
    def retire(self, request: HttpRequest, questions: QuestionQuerySet) -> None:
        messages.success(request, f"{questions.update(status=Question.Status.RETIRED)} retired.")

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Import in two steps: upload a file, then check it and choose the licence. Only "create" stores."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "licence" in request.POST:
            return self._check_or_import(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if request.method == "POST" and form.is_valid():
            return self._check_page(request, _first_check(form.cleaned_data["text"]))
        return self._page(request, "import.html", {"form": form, "title": "Import questions"})

    def _check_or_import(self, request: HttpRequest) -> HttpResponse:
        form = CheckForm(request.POST, text=request.POST.get("text", ""))
        if "create" not in request.POST or not form.is_valid():
            return self._check_page(request, form)
        result = import_questions(form.questions, form.cleaned_data["licence"], form.cleaned_data["author"])
        duplicates = f" {len(result.duplicates)} were in the bank already." if result.duplicates else ""
        messages.success(request, f"{result.created} questions are in the bank, as drafts.{duplicates}")
        return redirect("admin:trivia_question_changelist")

    def _check_page(self, request: HttpRequest, form: CheckForm) -> HttpResponse:
        return self._page(request, "check.html", {"form": form, "title": "Check the questions"})

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/trivia/{template}", context)


def _changes_right_answers(formset: Any) -> bool:
    """Whether the formset adds, removes or rewrites options, or changes which are right."""
    keyed = (each for each in formset.forms if {"text", "is_right", "DELETE"} & set(each.changed_data))
    return formset.model is Option and any(keyed)


def _first_check(text: str) -> CheckForm:
    """The check form for a text just uploaded, with the licence and author of its collection, if known."""
    form = CheckForm(text=text)
    licence, author = COLLECTION_TERMS.get(form.parsed_file.format if form.parsed_file else "", OUR_TERMS)
    form.initial = {"text": text, "licence": licence, "author": author}
    return form


def _number_options(question: Question) -> None:
    """Number the options of `question` from 1, in their present order."""
    options = list(question.options.all())
    # New options have the order 0 and come last.
    options.sort(key=lambda option: (option.order == 0, option.order, option.pk))
    for number, option in enumerate(options, 1):
        option.order = number
    Option.objects.bulk_update(options, ["order"])
