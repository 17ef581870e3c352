"""Monthly rounds in the admin."""

from django.contrib import admin

from reelrequests.models import Candidate, Round


class CandidateInline(admin.TabularInline):
    model = Candidate
    extra = 4
    autocomplete_fields = ["request"]
    fields = ["order", "request", "vote_count", "unconfirmed_count"]
    readonly_fields = ["vote_count", "unconfirmed_count"]


@admin.register(Round)
class RoundAdmin(admin.ModelAdmin):
    list_display = ["title", "opens_at", "closes_at"]
    inlines = [CandidateInline]
