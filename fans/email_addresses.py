"""The canonical spelling of e-mail addresses, and pseudonyms that are derived from it."""

import unicodedata
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

GMAIL_DOMAINS = {"gmail.com", "googlemail.com"}
# Domains under which one mailbox is reached, too.
SAME_DOMAINS = {
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
}


def canonical_email(email: str) -> str:
    """The canonical spelling of an address, also used in draw tickets: NFC, stripped, lower case."""
    return unicodedata.normalize("NFC", email).strip().lower()


def mailbox_of(email: str) -> str:
    """
    The mailbox behind an address: what all its spellings with "+tag", and at Gmail with dots, have in common.

    Only for limits: in a contest two addresses of one mailbox are two persons, whom staff review.
    """
    name, _, domain = canonical_email(email).rpartition("@")
    name = name.partition("+")[0] or name
    if domain in GMAIL_DOMAINS:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{SAME_DOMAINS.get(domain, domain)}"


def pseudonym(email: str, purpose: str) -> str:
    """A keyed hash that recognises an address without storing it; different for each `purpose`."""
    return salted_hmac(f"fans.addresses {purpose}", canonical_email(email), algorithm="sha256").hexdigest()


class CanonicalEmailField(models.EmailField):
    """An e-mail address, stored and looked up in its canonical form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 254} | kwargs)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else canonical_email(value)
