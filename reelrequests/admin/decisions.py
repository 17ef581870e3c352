"""Decisions of staff as actions of the admin."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from magazine.roles import staff_name
from reelrequests import staff_actions


def decision_action(description: str, decide: Callable[[Any, str, datetime], None]) -> Callable[..., None]:
    """An admin action that calls `decide` for each chosen row; each refusal is shown as an error message."""

    @admin.action(description=description, permissions=["change"])
    def act(model_admin: admin.ModelAdmin, request: HttpRequest, rows: QuerySet) -> None:
        by, now, count = staff_name(cast(User, request.user)), timezone.now(), 0
        for row in rows:
            try:
                decide(row, by, now)
                count += 1
            except staff_actions.DecisionRefused as refusal:
                messages.error(request, str(refusal))
        messages.success(request, f"{description}: {count}.")

    act.__name__ = decide.__name__
    return act
