"""Exports and erases the personal data that contests keep under an e-mail address."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from contest import retention
from contest.models import Award, Entry
from trivia.marking import in_words
from trivia.models import Question


def export_personal_data(email: str) -> dict[str, list[dict[str, Any]]]:
    """The entries and awards of this e-mail address."""
    retention.purge_due_entries(timezone.now())
    entries = Entry.objects.filter(email=email).select_related("contest", "region", "award")
    export = {"contest entries": [_entry(entry) for entry in entries]}
    return export | {"prizes": [_award(entry.award) for entry in entries if hasattr(entry, "award")]}


def erase_personal_data(email: str, now: datetime) -> list[str]:
    """Erase the entries and awards of this e-mail address. Returns a sentence for each that must be kept."""
    entries = Entry.objects.filter(email=email).select_related("contest")
    return [reason for entry in entries if (reason := retention.erase_entry(entry, now))]


def _entry(entry: Entry) -> dict[str, Any]:
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
    """Each question with the answer in words."""
    asked = Question.objects.with_options().filter(pk__in=entry.answers).order_by("pk")
    answers = [(question.text, in_words(question, entry.answers[str(question.pk)])) for question in asked]
    return [f"{text} {', '.join(words) or 'no answer'}" for text, words in answers]


def _award(award: Award) -> dict[str, Any]:
    fields = ("full_name", "street", "town", "postcode", "state", "country", "listed_as", "tracking")
    fields_held = {name.replace("_", " "): getattr(award, name) for name in fields}
    return fields_held | {"offered": award.offered_at, "claimed": award.claimed_at, "sent": award.sent_at}
