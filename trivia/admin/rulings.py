"""Flags and rulings in the admin. A ruling cannot be changed after it is made."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from trivia import rulings
from trivia.marking import right_answers
from trivia.models import Flag, Question, Ruling


class RulingForm(forms.ModelForm):
    """A ruling; refused with a sentence if `rulings.apply` could not carry it out."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ruling = Ruling(
            question=cleaned.get("question"),
            verdict=cleaned.get("verdict", ""),
            right_answers=cleaned.get("right_answers", ""),
        )
        problem = rulings.ruling_problem(ruling)
        if problem:
            self.add_error("right_answers", problem)
        return cleaned


@admin.register(Ruling)
class RulingAdmin(admin.ModelAdmin):
    form = RulingForm
    list_display = ["ruled_at", "subject", "verdict", "changed_count"]
    list_filter = ["verdict"]
    list_select_related = ["question", "puzzle"]
    search_fields = ["question__text", "reason"]
    autocomplete_fields = ["question", "puzzle", "film"]
    fields = ["question", "puzzle", "verdict", "right_answers", "film", "reason"]
    formfield_overrides = {models.CharField: {"widget": forms.Textarea(attrs={"rows": 3})}}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        question = _disputed(request)
        return {"question": question.pk} if question else {}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Add the answers of the question in the URL to the help text of the field `right_answers`."""
        form = super().get_form(request, obj, change, **kwargs)
        question = _disputed(request)
        if question and "right_answers" in form.base_fields:
            form.base_fields["right_answers"].help_text += f" It has: {_answers_of(question)}."
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        rulings.apply(form.instance)
        messages.success(request, f"{form.instance.changed_count} answers or games were marked anew.")


def _disputed(request: HttpRequest) -> Question | None:
    """The question named by `?question=` in the URL; None if there is none."""
    pk = request.GET.get("question", "")
    return Question.objects.filter(pk=pk).first() if pk.isdecimal() else None


def _answers_of(question: Question) -> str:
    key = right_answers(question)
    return "; ".join(
        f"{option.text} (right)" if option.text in key else option.text for option in question.options.all()
    )


@admin.register(Flag)
class FlagAdmin(admin.ModelAdmin):
    """The queue of flags. A ruling answers all flags on its question; staff delete spam."""

    list_display = ["question", "reason", "note", "made_at", "answered_by"]
    list_filter = ["reason", ("ruling", admin.EmptyFieldListFilter)]
    list_select_related = ["question", "ruling"]
    search_fields = ["question__text", "note"]
    fields = ["question", "reason", "note", "made_at", "answered_by"]

    @admin.display(description="ruling")
    def answered_by(self, flag: Flag) -> str:
        if flag.ruling:
            return flag.ruling.get_verdict_display()
        url = f"{reverse('admin:trivia_ruling_add')}?question={flag.question_id}"
        return format_html('<a href="{}">Make a ruling</a>', url)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
