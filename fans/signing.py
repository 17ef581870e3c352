"""
Signs the values that the magazine gives to browsers and mailboxes: cookies, stamps, links.

Only this module uses `django.core.signing`. A section registers each purpose, with its own salt and maximum
age, in the module that uses it. The salt keeps a value that was signed for one purpose from being accepted
for another.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ImproperlyConfigured

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired  # a subclass of BadSignature


@dataclass(frozen=True)
class SigningPurpose:
    """One use of signed values, which are valid for `max_age`."""

    salt: str
    max_age: timedelta

    def sign(self, value: Any) -> str:
        """`value` (which must be JSON-ready) with the time and a signature, as text."""
        return signing.dumps(value, salt=self.salt)

    def read(self, signed: str) -> Any:
        """The value. Raises `SignatureExpired` if it is too old, `BadSignature` if we have not signed it."""
        return signing.loads(signed, salt=self.salt, max_age=self.max_age)

    def time_of(self, signed: str) -> datetime:
        """When it was signed, to the second. Raises `BadSignature` if we have not signed it."""
        signing.loads(signed, salt=self.salt)
        return datetime.fromtimestamp(signing.b62_decode(signed.rsplit(":", 2)[1]), UTC)

    def is_older_than(self, signed: str, age: timedelta) -> bool:
        """Whether it was signed longer ago than `age`. Raises `BadSignature` if we have not signed it."""
        try:
            signing.loads(signed, salt=self.salt, max_age=age)
        except SignatureExpired:
            return True
        return False


PURPOSES: dict[str, SigningPurpose] = {}


def register(salt: str, max_age: timedelta) -> SigningPurpose:
    """Add a purpose. Raises `ImproperlyConfigured` if another purpose has this salt."""
    if salt in PURPOSES:
        raise ImproperlyConfigured(f"The salt {salt} is used for two purposes of signing.")
    PURPOSES[salt] = SigningPurpose(salt, max_age)
    return PURPOSES[salt]
