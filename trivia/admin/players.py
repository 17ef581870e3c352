"""Nicknames at the desk: which are shown, and which words make one wait. Nobody's code is to be seen."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from films.titles import folded
from trivia import nicknames
from trivia.models import HeldWord, Player

if TYPE_CHECKING:
    from trivia.models.players import PlayerQuerySet


@admin.register(Player)
class PlayerAdmin(admin.ModelAdmin):
    """Players with a nickname. It is shown or taken off; nothing else of a player is ours to change."""

    list_display = ["nickname", "nickname_status", "created_on"]
    list_filter = ["nickname_status"]
    search_fields = ["nickname"]
    ordering = ["-pk"]
    fields = ["nickname", "nickname_status", "created_on"]
    actions = ["show", "hide"]

    def get_queryset(self, request: HttpRequest) -> "PlayerQuerySet":
        return super().get_queryset(request).exclude(nickname="")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Player | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Player | None = None) -> bool:
        return False

    @admin.action(description="Show on the leaderboards", permissions=["change"])
    def show(self, request: HttpRequest, players: "PlayerQuerySet") -> None:
        many = nicknames.set_nickname_status(players, Player.NicknameStatus.SHOWN)
        messages.success(request, f"{many} shown.")

    @admin.action(description="Take off the leaderboards", permissions=["change"])
    def hide(self, request: HttpRequest, players: "PlayerQuerySet") -> None:
        many = nicknames.set_nickname_status(players, Player.NicknameStatus.HIDDEN)
        messages.success(request, f"{many} taken off.")


class HeldWordForm(forms.ModelForm):
    """A word, as it is compared: folded."""

    def clean_word(self) -> str:
        word = folded(self.cleaned_data["word"]).replace(" ", "")[:40]
        if not word:
            raise forms.ValidationError("Write a word of letters or figures.")
        return word


@admin.register(HeldWord)
class HeldWordAdmin(admin.ModelAdmin):
    form = HeldWordForm
    search_fields = ["word"]
