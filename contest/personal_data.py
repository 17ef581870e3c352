"""What contests hold on an address."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from contest import retention
from contest.models import Entry
from trivia.marking import in_words
from trivia.models import Question

if TYPE_CHECKING:
    from contest.models import Award


def export_personal_data(email: str) -> dict[str, Any]:
    """Entries and prizes of this address."""
    retention.purge_due_entries(timezone.now())
    entries = Entry.objects.filter(email=email).select_related("contest", "region", "award")
    export = {"contest entries": [_entry(entry) for entry in entries]}
    return export | {"prizes": [_award(entry.award) for entry in entries if hasattr(entry, "award")]}


def erase_personal_data(email: str, now: datetime) -> list[str]:
    """Erase them all; what must stay, as sentences."""
    entries = Entry.objects.filter(email=email).select_related("contest")
    return [reason for entry in entries if (reason := retention.erase_entry(entry, now))]


def _entry(entry: Entry) -> dict[str, str]:
    return {
        "contest": entry.contest.title,
        "draw": entry.contest.draw_id,
        "name": entry.name,
        "e-mail": entry.email,
        "region": str(entry.region),
        "sent": entry.sent_at,
        "confirmed": entry.confirmed_at,
        "salt": entry.salt,
        "ticket": entry.ticket,
        "receipt": entry.code,
        "newsletter": entry.newsletter,
        "answers": "; ".join(_answers(entry)),
        "deleted on": entry.contest.entries_deleted_on,
    }


def _answers(entry: Entry) -> list[str]:
    """Each question with what was answered, in words."""
    asked = Question.objects.with_options().filter(pk__in=entry.answers).order_by("pk")
    answers = [(question.text, in_words(question, entry.answers[str(question.pk)])) for question in asked]
    return [f"{text} {', '.join(words) or 'no answer'}" for text, words in answers]


def _award(award: "Award") -> dict[str, str]:
    fields = ("full_name", "street", "town", "postcode", "state", "country", "listed_as", "tracking")
    fields_held = {name.replace("_", " "): getattr(award, name) for name in fields}
    return fields_held | {"offered": award.offered_at, "claimed": award.claimed_at, "sent": award.sent_at}
