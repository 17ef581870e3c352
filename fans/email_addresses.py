"""E-mail addresses: one spelling each, so that one address is one person."""

import unicodedata

from django.db import models
from django.utils.crypto import salted_hmac


def canonical_email(email):
    """The one spelling of an address, as tickets of draws have it: NFC, no blanks around it, lower case."""
    return unicodedata.normalize("NFC", email).strip().lower()


def pseudonym(email, purpose):
    """A keyed hash of an address, another for each purpose: to recognise it without keeping it."""
    return salted_hmac(f"fans.addresses {purpose}", canonical_email(email), algorithm="sha256").hexdigest()


class CanonicalEmailField(models.EmailField):
    """An e-mail address, stored and looked up in its canonical form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 254} | kwargs)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else canonical_email(value)
