"""Personal data in letters: its export and its erasure."""

from datetime import datetime
from typing import Any

from about.models import Letter


def export_personal_data(email: str) -> dict[str, list[dict[str, Any]]]:
    """The letters that were sent with this e-mail address."""
    return {"letters": [_letter(letter) for letter in Letter.objects.filter(email__iexact=email)]}


def erase_personal_data(email: str, now: datetime) -> list[str]:
    """Remove name and e-mail address from the letters sent with `email`. Their text is kept."""
    letters = Letter.objects.filter(email__iexact=email)
    changed = letters.update(email="", name="")
    return ["Letters you wrote stay, without your name and address."] if changed else []


def _letter(letter: Letter) -> dict[str, Any]:
    return {"on": letter.topic.name, "name": letter.name, "text": letter.text, "sent": letter.sent_at}
