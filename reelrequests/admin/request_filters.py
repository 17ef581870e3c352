"""What the list of requests can be filtered by."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reelrequests.models.querysets import ReelRequestQuerySet
from reelrequests.models.statuses import Status


class PublicStatusFilter(admin.SimpleListFilter):
    """A filter by the status that readers see, which depends on the piece and the current time."""

    title = parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return Status.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        status = self.value()
        requests = cast(ReelRequestQuerySet, queryset)
        return requests.with_public_status(status) if status else requests


class OnDisc(admin.SimpleListFilter):
    """Requests whose film has been released on disc."""

    title, parameter_name = "disc", "disc"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "The film is on disc")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(film__releases__isnull=False).distinct() if self.value() else queryset
