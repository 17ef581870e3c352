"""Held words in the admin: the list that staff keep."""

from django import forms
from django.contrib import admin

from films.titles import folded
from trivia.models import HeldWord


class HeldWordForm(forms.ModelForm):
    """A held word, saved in the folded form in which nicknames are compared."""

    def clean_word(self) -> str:
        word = folded(self.cleaned_data["word"]).replace(" ", "")[:40]
        if not word:
            raise forms.ValidationError("Write a word of letters or figures.")
        return word


@admin.register(HeldWord)
class HeldWordAdmin(admin.ModelAdmin):
    form = HeldWordForm
    search_fields = ["word"]
