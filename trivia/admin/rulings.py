"""Flags and rulings at the desk: what readers dispute, and what was decided. A ruling is made once."""

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from trivia import rulings
from trivia.models import Flag, Ruling


class RulingForm(forms.ModelForm):
    """A ruling that can be carried out, or the sentence that says why it cannot."""

    def clean(self):
        cleaned = super().clean()
        ruling = Ruling(
            question=cleaned.get("question"),
            verdict=cleaned.get("verdict", ""),
            right=cleaned.get("right", ""),
        )
        trouble = rulings.complaint(ruling)
        if trouble:
            self.add_error("right", trouble)
        return cleaned


@admin.register(Ruling)
class RulingAdmin(admin.ModelAdmin):
    form = RulingForm
    list_display = ["ruled_at", "subject", "verdict", "changed"]
    list_filter = ["verdict"]
    list_select_related = ["question", "puzzle"]
    search_fields = ["question__text", "reason"]
    autocomplete_fields = ["question", "puzzle", "film"]
    fields = ["question", "puzzle", "verdict", "right", "film", "reason"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rulings.apply(form.instance)
        messages.success(request, f"{form.instance.changed} answers or games were marked anew.")


@admin.register(Flag)
class FlagAdmin(admin.ModelAdmin):
    """The queue. A ruling answers every flag on its question; spam is deleted."""

    list_display = ["question", "reason", "note", "made_at", "answered_by"]
    list_filter = ["reason", ("ruling", admin.EmptyFieldListFilter)]
    list_select_related = ["question", "ruling"]
    search_fields = ["question__text", "note"]
    fields = ["question", "reason", "note", "made_at", "answered_by"]

    @admin.display(description="ruling")
    def answered_by(self, flag):
        if flag.ruling:
            return flag.ruling.get_verdict_display()
        address = f"{reverse('admin:trivia_ruling_add')}?question={flag.question_id}"
        return format_html('<a href="{}">Make a ruling</a>', address)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
