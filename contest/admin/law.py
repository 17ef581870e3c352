"""Regions, thresholds and who may not take part: data that staff keep up to date."""

from django import forms
from django.contrib import admin

from contest.models import Exclusion, Region, Threshold
from fans.email_addresses import pseudonym


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "country", "skill_test"]
    list_filter = ["country"]
    search_fields = ["code", "name", "country"]


@admin.register(Threshold)
class ThresholdAdmin(admin.ModelAdmin):
    list_display = ["name", "measure", "above", "needs_filing", "list_within_days"]
    search_fields = ["name"]
    filter_horizontal = ["regions"]


class ExclusionForm(forms.ModelForm):
    """An address is sealed as it is typed in: nobody can read it here again."""

    address = forms.EmailField(required=False, help_text="Kept as a keyed hash. Or give a domain.")

    class Meta:
        model = Exclusion
        fields = ["domain", "address", "why"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("address"):
            self.instance.sealed = pseudonym(cleaned["address"], "exclusion")
        elif not cleaned.get("domain") and not self.instance.sealed:
            raise forms.ValidationError("Give a domain or an address.")
        return cleaned


@admin.register(Exclusion)
class ExclusionAdmin(admin.ModelAdmin):
    form = ExclusionForm
    list_display = ["why", "domain", "by_address"]
    search_fields = ["domain", "why"]

    @admin.display(description="an address", boolean=True)
    def by_address(self, exclusion):
        return bool(exclusion.sealed)
