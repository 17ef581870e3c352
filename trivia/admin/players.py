"""Nicknames in the admin: show or hide them. Restore codes are never shown."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from trivia import nicknames
from trivia.models import Player


@admin.register(Player)
class PlayerAdmin(admin.ModelAdmin):
    """Players who have a nickname. Staff can show or hide it, and change nothing else of a player."""

    list_display = ["nickname", "nickname_status", "created_on"]
    list_filter = ["nickname_status"]
    search_fields = ["nickname"]
    ordering = ["-pk"]
    fields = ["nickname", "nickname_status", "created_on"]
    actions = ["show", "hide"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Player]:
        return super().get_queryset(request).exclude(nickname="")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Show on the leaderboards", permissions=["change"])
    def show(self, request: HttpRequest, players: QuerySet[Player]) -> None:
        many = nicknames.set_nickname_status(players, Player.NicknameStatus.SHOWN)
        messages.success(request, f"{many} shown.")

    @admin.action(description="Take off the leaderboards", permissions=["change"])
    def hide(self, request: HttpRequest, players: QuerySet[Player]) -> None:
        many = nicknames.set_nickname_status(players, Player.NicknameStatus.HIDDEN)
        messages.success(request, f"{many} taken off.")
