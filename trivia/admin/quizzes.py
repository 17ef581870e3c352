"""Quizzes in the admin. Once somebody has begun a quiz, its questions cannot be changed."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from magazine.admin import BylineInline, CorrectionInline, PieceAdmin
from trivia import question_selection
from trivia.models import Quiz, QuizQuestion

RULE_FIELDS = ["easy", "medium", "hard", "from_year", "to_year", "genre", "filmmaker", "tag_name"]


class QuizForm(forms.ModelForm):
    """A quiz, with a box that lets its rule select questions again."""

    choose_again = forms.BooleanField(
        label="Choose anew",
        required=False,
        help_text="Let the rule choose again and replace the questions below.",
    )


class QuizQuestionInline(admin.TabularInline):
    """The questions of a quiz, read-only once somebody has begun it: a wrong question needs a ruling."""

    model = QuizQuestion
    extra = 1
    autocomplete_fields = ["question"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.is_played)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_played)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_played)


@admin.register(Quiz)
class QuizAdmin(PieceAdmin):
    form = QuizForm
    list_display = ["title", "state", "written_by", "selection", "asks"]
    inlines = [QuizQuestionInline, BylineInline, CorrectionInline]
    autocomplete_fields = ["film", "films", "people", "see_also", "filmmaker"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["title", "slug", "dek", "film", "selection"]}),
        (
            "The rule",
            {
                "fields": [
                    ("easy", "medium", "hard"),
                    ("from_year", "to_year"),
                    "genre",
                    "filmmaker",
                    "tag_name",
                    "choose_again",
                ],
                "description": "Chooses once, when you save. Its choice stands below, to be changed by hand.",
            },
        ),
        ("Text", {"fields": ["body", "lead_photo"]}),
        PieceAdmin.PUBLISHING,
        PieceAdmin.RELATIONS,
    ]

    @admin.display(description="questions")
    def asks(self, quiz: Quiz) -> int:
        return quiz.quiz_questions.count()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["selection", *RULE_FIELDS] if obj and obj.is_played else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Where the rule selects the questions, ignore those of the form."""
        if formset.model is QuizQuestion and _rule_chooses(form):
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
            for sentence in question_selection.fill_by_rule(form.instance):
                messages.warning(request, sentence)
            return
        super().save_formset(request, form, formset, change)


def _rule_chooses(form: Any) -> bool:
    quiz = form.instance
    by_rule = quiz.selection == Quiz.Selection.RULE and not quiz.is_played
    return by_rule and (form.cleaned_data.get("choose_again") or not quiz.quiz_questions.exists())
