"""
All we hold on an address, and its erasure. What a room holds it says itself: see `settings.HOLDERS`.

Each holder is a module with two functions: `holds(email)`, what there is, as rows that JSON can carry,
by what they are; and `erase(email, now)`, which takes it out and says, in sentences, what must stay.
"""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_module

from fans.addresses import canonical
from fans.models import Consent, Fan, Mail
from fans.outbox import message_of


def holders():
    return [import_module(name) for name in settings.HOLDERS]


def all_on(email):
    """Everything we hold on this address: {what: [rows]}, and nothing for what there is none of."""
    email = canonical(email)
    found = {"address": [_fan(fan) for fan in Fan.objects.filter(email=email)]}
    found["consents"] = [_consent(each) for each in Consent.objects.filter(fan__email=email)]
    found["mail"] = [_mail(each) for each in Mail.objects.filter(to=email)]
    for holder in holders():
        found |= holder.holds(email)
    return {what: rows for what, rows in found.items() if rows}


@transaction.atomic
def erase_all(email, now):
    """Erase everything we hold on this address; what must stay, as sentences."""
    email = canonical(email)
    kept = [sentence for holder in holders() for sentence in holder.erase(email, now)]
    Mail.objects.filter(to=email).delete()
    Fan.objects.filter(email=email).delete()
    return kept


def withdraw(fan, now):
    """Take back every consent of this fan that stands."""
    fan.consents.standing().update(withdrawn_at=now)


def _fan(fan):
    return {"e-mail": fan.email, "confirmed": fan.confirmed_at, "last seen": fan.seen_at}


def _consent(consent):
    return {
        "to": consent.get_purpose_display(),
        "words": consent.words,
        "asked on": consent.source,
        "given": consent.given_at,
        "withdrawn": consent.withdrawn_at,
    }


def _mail(mail):
    return {"subject": message_of(mail).subject, "written": mail.created_at, "sent": mail.sent_at}
