"""Exclusions in the admin: who may not take part."""

from typing import Any

from django import forms
from django.contrib import admin

from contest.models import Exclusion
from fans.email_addresses import pseudonym


class ExclusionForm(forms.ModelForm):
    """An exclusion. Of an e-mail address only the pseudonym is stored, so it cannot be shown again."""

    email = forms.EmailField(
        label="Address", required=False, help_text="Kept as a keyed hash. Or give a domain."
    )

    class Meta:
        model = Exclusion
        fields = ["domain", "email", "reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("email"):
            self.instance.email_pseudonym = pseudonym(cleaned["email"], "exclusion")
        elif not cleaned.get("domain") and not self.instance.email_pseudonym:
            raise forms.ValidationError("Give a domain or an address.")
        return cleaned


@admin.register(Exclusion)
class ExclusionAdmin(admin.ModelAdmin):
    form = ExclusionForm
    list_display = ["reason", "domain", "is_by_email"]
    search_fields = ["domain", "reason"]

    @admin.display(description="e-mail address", boolean=True)
    def is_by_email(self, exclusion: Exclusion) -> bool:
        return bool(exclusion.email_pseudonym)
