"""
What the magazine signs and gives to a browser or a mailbox. Each purpose has its own salt and maximum age.

Nothing else in the project calls `django.core.signing` to sign or to read. A room registers its purpose
where it uses it. The salt keeps a value of one purpose from being accepted for another.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ImproperlyConfigured

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired  # a subclass of BadSignature


@dataclass(frozen=True)
class SigningPurpose:
    """One use of signed values. `max_age` is None only where a database row decides how long it is good."""

    salt: str
    max_age: timedelta | None

    def sign(self, value: Any) -> str:
        """`value` (JSON) with the time and a signature."""
        return signing.dumps(value, salt=self.salt)

    def read(self, signed: str) -> Any:
        """The value; raises `SignatureExpired` where it is too old, `BadSignature` where it is not ours."""
        return signing.loads(signed, salt=self.salt, max_age=self.max_age)

    def is_older_than(self, signed: str, age: timedelta) -> bool:
        """Whether it was signed longer ago than `age`; raises `BadSignature` where it is not ours."""
        try:
            signing.loads(signed, salt=self.salt, max_age=age)
        except SignatureExpired:
            return True
        return False


PURPOSES: dict[str, SigningPurpose] = {}


def register(salt: str, max_age: timedelta | None) -> SigningPurpose:
    """A new purpose; raises `ImproperlyConfigured` where another purpose has this salt."""
    if salt in PURPOSES:
        raise ImproperlyConfigured(f"The salt {salt} is used for two purposes of signing.")
    PURPOSES[salt] = SigningPurpose(salt, max_age)
    return PURPOSES[salt]
