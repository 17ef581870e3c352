"""Regions and thresholds: data that staff keep up to date."""

from django.contrib import admin

from contest.models import Region, Threshold


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
