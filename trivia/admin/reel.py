"""The Daily Reel in the admin: the puzzles of coming days."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from trivia.clues import clues_for, has_title_word
from trivia.models import CLUES, Clue, Puzzle
from trivia.reel_calendar import set_clues


class ClueInline(admin.TabularInline):
    model = Clue
    extra, max_num = 0, CLUES
    fields = ["position", "text", "photo"]
    autocomplete_fields = ["photo"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(obj) and not obj.has_begun

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Puzzle)
class PuzzleAdmin(admin.ModelAdmin):
    """Film and clues of a puzzle can be changed until its day begins."""

    list_display = ["number", "day", "film", "first_clue"]
    list_select_related = ["film"]
    date_hierarchy = "day"
    ordering = ["-day"]
    search_fields = ["film__title"]
    autocomplete_fields = ["film"]
    readonly_fields = ["number", "day"]
    inlines = [ClueInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Puzzle]:
        return super().get_queryset(request).prefetch_related("clues")

    @admin.display(description="First clue")
    def first_clue(self, puzzle: Puzzle) -> str:
        return next((clue.text for clue in puzzle.clues.all()), "")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # `create_coming_puzzles` creates them

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.has_begun)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After a change of the film, replace the clues by its own; else warn of clues with a title word."""
        super().save_related(request, form, formsets, change)
        if "film" in form.changed_data:
            _swap(request, form)
            return
        for clue in Clue.objects.filter(puzzle=form.instance).select_related("photo"):
            words = f"{clue.text} {clue.photo.credit if clue.photo else ''}"
            if has_title_word(words, form.instance.film):
                messages.warning(
                    request, f"Clue {clue.position} has a word of the title in it, or its credit has."
                )


def _swap(request: HttpRequest, form: Any) -> None:
    puzzle, clues = form.instance, clues_for(form.instance.film)
    if clues:
        set_clues(puzzle, clues)
        messages.success(request, "The film was changed, and its clues replaced.")
    else:
        Puzzle.objects.filter(pk=puzzle.pk).update(film=form.initial["film"])
        messages.warning(
            request, "Our records know too little of that film for six clues: the old one stays."
        )
