"""
Links in mails, each of which leads to a page with a button.

The outbox signs a link when it sends the mail, so that the link in a mail that had to wait is not older. A
link ends as its purpose says, and its button does its work once; what a second press shows is up to the view.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fans import signing
from fans.models import UsedLink
from fans.signing import SigningPurpose

MAX_AGE = timedelta(hours=72)  # of a link that confirms something


@dataclass(frozen=True)
class MailedLink:
    """A link that is to be signed: what for, and the JSON-ready value in it."""

    purpose: SigningPurpose
    value: Any

    def context(self) -> dict[str, Any]:
        """The part of a mail's context from which `signed_link` makes the token."""
        return {"link": [self.purpose.salt, self.value]}

    def sign(self) -> str:
        """The token of the link, valid from now on."""
        return self.purpose.sign(self.value)


def signed_link(context: dict[str, Any]) -> dict[str, str]:
    """The `token` for the template of a mail with this context; {} if there is no link in it."""
    if "link" not in context:
        return {}
    salt, value = context["link"]
    return {"token": MailedLink(signing.PURPOSES[salt], value).sign()}


def use(token: str, now: datetime) -> bool:
    """Record that the button behind this link was pressed. False if it was pressed before."""
    _, is_first = UsedLink.objects.get_or_create(digest=_digest(token), defaults={"used_at": now})
    return is_first


def is_used(token: str) -> bool:
    """Whether the button behind this link was pressed."""
    return UsedLink.objects.filter(digest=_digest(token)).exists()


def purge_used_links(now: datetime) -> None:
    """Forget links that have ended, used or not."""
    UsedLink.objects.filter(used_at__lt=now - MAX_AGE).delete()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
