"""
Exports and erases all that the magazine holds on an e-mail address.

Each app with such data has a module for it, see `register`, with two functions: `export_personal_data(email)`
returns {category: [JSON-ready records]}; `erase_personal_data(email, now)` deletes the records and returns a
sentence for each that must be kept.
"""

from datetime import datetime
from types import ModuleType
from typing import Any

from django.db import transaction

from fans.email_addresses import canonical_email
from fans.models import Consent, Fan, FanSession, Mail
from fans.outbox import build_message

_modules: list[ModuleType] = []


def register(module: ModuleType) -> None:
    """Add the module of an app. `cinemaclips.apps` calls this at start for each section that has one."""
    _modules.append(module)


def export_all(email: str) -> dict[str, list[dict[str, Any]]]:
    """Everything we hold on this address: {category: [records]}, without empty categories."""
    email = canonical_email(email)
    found = {"address": [_fan(fan) for fan in Fan.objects.filter(email=email)]}
    found["browsers"] = [_session(session) for session in FanSession.objects.filter(fan__email=email)]
    found["consents"] = [_consent(consent) for consent in Consent.objects.filter(fan__email=email)]
    found["mail"] = [_mail(mail) for mail in Mail.objects.filter(to=email)]
    for module in _modules:
        found |= module.export_personal_data(email)
    return {category: records for category, records in found.items() if records}


@transaction.atomic
def erase_all(email: str, now: datetime) -> list[str]:
    """Erase everything we hold on this address. Returns a sentence for each record that must be kept."""
    email = canonical_email(email)
    retained = [sentence for module in _modules for sentence in module.erase_personal_data(email, now)]
    Mail.objects.filter(to=email).delete()
    Fan.objects.filter(email=email).delete()
    return retained


def withdraw_consents(fan: Fan, now: datetime) -> None:
    """Withdraw every active consent of this fan."""
    fan.consents.active().update(withdrawn_at=now)


def _fan(fan: Fan) -> dict[str, Any]:
    return {"e-mail": fan.email, "confirmed": fan.confirmed_at, "last seen": fan.seen_at}


def _session(session: FanSession) -> dict[str, Any]:
    return {"recognised since": session.started_at, "by the mail of": session.mailed_at}


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "to": consent.get_purpose_display(),
        "words": consent.words,
        "asked on": consent.source,
        "given": consent.given_at,
        "withdrawn": consent.withdrawn_at,
    }


def _mail(mail: Mail) -> dict[str, Any]:
    return {"subject": build_message(mail).subject, "written": mail.created_at, "sent": mail.sent_at}
