"""Mail and consents at the desk, read-only."""

from datetime import datetime

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from fans.models import Consent, Mail
from fans.models.outbox import MailQuerySet


def short_datetime(moment: datetime) -> str:
    """A date and time for the desk's lists, in the zone of the site: "23 Nov 2026, 05:40"."""
    return date_format(timezone.localtime(moment), "j M Y, H:i")


class ReadOnlyAdmin(admin.ModelAdmin):
    """The admin of rows that only the program writes; staff can read them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """The mails without their texts, since staff could use the links in them to act for the recipient."""

    list_display = ["kind", "to", "delivery_state", "enqueued_on"]
    list_filter = [("dead_at", admin.EmptyFieldListFilter), ("sent_at", admin.EmptyFieldListFilter), "kind"]
    search_fields = ["to"]
    fields = ["kind", "to", "created_at", "not_before", "attempts", "sent_at", "last_error", "dead_at"]
    actions = ["send_again"]

    @admin.display(description="status", ordering="sent_at")
    def delivery_state(self, mail: Mail) -> str:
        if mail.dead_at:
            return f"Given up: {mail.last_error}"
        if mail.sent_at:
            return f"Sent {short_datetime(mail.sent_at)}"
        return f"Tried {mail.attempts} times: {mail.last_error}" if mail.attempts else "Waiting"

    @admin.display(description="enqueued", ordering="created_at")
    def enqueued_on(self, mail: Mail) -> str:
        return short_datetime(mail.created_at)

    @admin.action(description="Try again to send mails that were given up", permissions=["view"])
    def send_again(self, request: HttpRequest, mails: MailQuerySet) -> None:
        count = mails.dead().update(dead_at=None, attempts=0, not_before=timezone.now())
        messages.success(request, f"{count} mails will be tried again.")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["fan", "purpose", "source", "given_at", "withdrawn_at"]
    list_filter = ["purpose", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["fan"]
    search_fields = ["fan__email"]
    fields = ["fan", "purpose", "words", "source", "given_at", "withdrawn_at"]
