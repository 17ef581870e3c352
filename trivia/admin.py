"""Facts, the question bank and the Daily Reel at the desk."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from trivia.clues import clues_to, gives_away
from trivia.formats import WRITTEN, write
from trivia.forms import CheckForm, UploadForm
from trivia.intake import OUR_TERMS, TERMS, near, take_in
from trivia.models import CLUES, Clue, Fact, Option, Puzzle, Question
from trivia.reel import dress

ENDINGS = {"csv": "csv", "gift": "gift.txt", "moodle": "xml", "json": "json"}


class CheckDue(admin.SimpleListFilter):
    """Facts that somebody should look at."""

    title = "check"
    parameter_name = "check"

    def lookups(self, request, model_admin):
        return [("due", "Never checked, or two years ago")]

    def queryset(self, request, facts):
        return facts.to_check() if self.value() == "due" else facts


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin):
    list_display = ["__str__", "film", "person", "spoils", "checked_on", "checked_by"]
    list_filter = [CheckDue, "spoils"]
    list_select_related = ["film", "person", "checked_by"]
    search_fields = ["text", "film__title", "person__name", "source"]
    autocomplete_fields = ["film", "person", "checked_by"]


class OptionInline(admin.TabularInline):
    model = Option
    extra = 4
    max_num = 12
    fields = ["order", "text", "is_right"]
    readonly_fields = ["order"]


def _writer(name):
    """The action that sends the chosen questions as a file of this format."""

    @admin.action(description=f"Write the chosen ones as {name}")
    def send(model_admin, request, questions):
        text = write([each.parsed() for each in questions.with_options().order_by("pk")], name)
        response = HttpResponse(text, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f'attachment; filename="questions.{ENDINGS[name]}"'
        return response

    send.__name__ = f"as_{name}"
    return send


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):
    change_list_template = "admin/trivia/question_list.html"
    list_display = ["__str__", "kind", "status", "difficulty", "film", "licence"]
    list_filter = ["status", "kind", "difficulty", "licence"]
    list_select_related = ["film"]
    search_fields = ["text", "film__title", "person__name", "options__text"]
    autocomplete_fields = ["film", "person", "piece", "photo"]
    inlines = [OptionInline]
    actions = ["make_live", "retire", *map(_writer, WRITTEN)]
    fieldsets = [
        (None, {"fields": ["kind", "text", "photo", "explanation", "difficulty", "status", "tags"]}),
        ("What it is about", {"fields": ["film", "person", "piece"]}),
        ("Where it comes from", {"fields": ["source", "source_url", "author", "licence"]}),
    ]

    def get_urls(self):
        screen = self.admin_site.admin_view(self.bring_in)
        return [path("import/", screen, name="trivia_question_import"), *super().get_urls()]

    def save_related(self, request, form, formsets, change):
        """Number the answers, and hold back a question that cannot be asked."""
        super().save_related(request, form, formsets, change)
        question = Question.objects.with_options().get(pk=form.instance.pk)
        _number(question)
        wrong = question.obstacle()
        if wrong and question.status == Question.Status.LIVE:
            Question.objects.filter(pk=question.pk).update(status=Question.Status.DRAFT)
            messages.warning(request, f"Saved, and kept as a draft: {wrong}")
        elif wrong:
            messages.warning(request, wrong)
        for other in near(question):
            messages.warning(request, f"Nearly the same is in the bank: “{other}” (number {other.pk}).")

    @admin.action(description="May be asked: make live")
    def make_live(self, request, questions):
        wrong = {each: each.obstacle() for each in questions.with_options()}
        good = [each.pk for each, obstacle in wrong.items() if not obstacle]
        questions.filter(pk__in=good).update(status=Question.Status.LIVE)
        for question, obstacle in wrong.items():
            if obstacle:
                messages.warning(request, f"“{question}” stays as it is: {obstacle}")
        messages.success(request, f"{len(good)} live.")

    @admin.action(description="Retire: is asked no more")
    def retire(self, request, questions):
        messages.success(request, f"{questions.update(status=Question.Status.RETIRED)} retired.")

    def bring_in(self, request):
        """Upload, see what will and will not come, choose the licence, create: nothing is stored earlier."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "licence" in request.POST:
            return self._checked(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if request.method == "POST" and form.is_valid():
            return self._check_screen(request, _first_check(form.cleaned_data["text"]))
        return self._screen(request, "import.html", {"form": form, "title": "Import questions"})

    def _checked(self, request):
        form = CheckForm(request.POST, text=request.POST.get("text", ""))
        if "create" not in request.POST or not form.is_valid():
            return self._check_screen(request, form)
        intake = take_in(form.reading.questions, form.cleaned_data["licence"], form.cleaned_data["author"])
        known = f" {len(intake.known)} were in the bank already." if intake.known else ""
        messages.success(request, f"{intake.created} questions are in the bank, as drafts.{known}")
        return redirect("admin:trivia_question_changelist")

    def _check_screen(self, request, form):
        return self._screen(request, "check.html", {"form": form, "title": "Check the questions"})

    def _screen(self, request, template, context):
        context |= {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/trivia/{template}", context)


def _first_check(text):
    """The check form for a text that has just come, with the terms its collection is known for."""
    form = CheckForm(text=text)
    licence, author = TERMS.get(form.reading.format if form.reading else "", OUR_TERMS)
    form.initial = {"text": text, "licence": licence, "author": author}
    return form


def _number(question):
    """Number the answers from 1, as they stand."""
    options = list(question.options.all())
    # New answers have no number yet and stand at the end.
    options.sort(key=lambda option: (option.order == 0, option.order, option.pk))
    for number, option in enumerate(options, 1):
        option.order = number
    Option.objects.bulk_update(options, ["order"])


class ClueInline(admin.TabularInline):
    model = Clue
    extra, max_num = 0, CLUES
    fields = ["place", "text"]

    def has_add_permission(self, request, obj=None):
        return bool(obj) and not obj.has_begun

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Puzzle)
class PuzzleAdmin(admin.ModelAdmin):
    """The days to come can be swapped and rewritten; a day that has begun stays as it was played."""

    list_display = ["number", "day", "film", "first_clue"]
    list_select_related = ["film"]
    date_hierarchy = "day"
    ordering = ["-day"]
    search_fields = ["film__title"]
    autocomplete_fields = ["film"]
    readonly_fields = ["number", "day"]
    inlines = [ClueInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("clues")

    @admin.display(description="First clue")
    def first_clue(self, puzzle):
        return next((clue.text for clue in puzzle.clues.all()), "")

    def has_add_permission(self, request):
        return False  # days make themselves

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.has_begun)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        """A swapped film brings its own clues; what stood there would lead elsewhere."""
        super().save_related(request, form, formsets, change)
        if "film" in form.changed_data:
            _swap(request, form)
            return
        for clue in Clue.objects.filter(puzzle=form.instance):
            if gives_away(clue.text, form.instance.film):
                messages.warning(request, f"Clue {clue.place} has a word of the title in it.")


def _swap(request, form):
    puzzle, clues = form.instance, clues_to(form.instance.film)
    if clues:
        dress(puzzle, clues)
        messages.success(request, "The film is swapped, and has its own clues.")
    else:
        Puzzle.objects.filter(pk=puzzle.pk).update(film=form.initial["film"])
        messages.warning(
            request, "Our records know too little of that film for six clues: the old one stays."
        )
