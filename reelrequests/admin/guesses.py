"""Guesses at films in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from reelrequests import staff_actions
from reelrequests.admin.decisions import decision_action
from reelrequests.models import Guess


@admin.register(Guess)
class GuessAdmin(admin.ModelAdmin):
    list_display = ["title", "request", "film", "moderation", "is_accepted", "guessed_at", "held_for"]
    list_filter = ["moderation", "is_accepted"]
    list_select_related = ["request", "film"]
    search_fields = ["title", "request__title"]
    autocomplete_fields = ["film"]
    readonly_fields = ["request", "moderation", "held_for", "is_accepted", "guessed_at"]
    fields = [
        "request",
        "title",
        "film",
        "why",
        "signed",
        "moderation",
        "held_for",
        "is_accepted",
        "guessed_at",
    ]
    actions = [
        decision_action("Show to readers", staff_actions.show_guess),
        decision_action("Mark as spam", staff_actions.mark_guess_spam),
        decision_action("Accept as the right film", staff_actions.accept_guess),
    ]

    class Media:
        js = ["desk/queue.js"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
