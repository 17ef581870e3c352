"""
Hashes that acts in the audit log hold of what may not be public: terms, entries, claims.

Whoever changes the stored data afterwards changes the hash. An entry's salt of 128 random bits is part of
the hash, so that nobody can find out what was hashed by trying names.
"""

import hashlib
import json
from collections.abc import Iterable

from contest import verify
from contest.models import Award, Contest, Entry
from contest.models.field_lists import FROZEN_FIELDS

ENTRY_FIELDS = (
    "salt",
    *("name", "email", "card_postal_address", "identity", "code", "ticket", "channel", "form_token"),
    "postmarked_on",
    *("region_id", "rules_id", "answers", "sent_at", "confirmed_at"),
)
CLAIM_FIELDS = ("full_name", "street", "town", "postcode", "state", "country", "listed_as")


def terms_hash(contest: Contest) -> str:
    """The hash of the terms that triggers protect: fields, prizes, sources and regions."""
    prizes = contest.prizes.order_by("pk").values_list("release_id", "quantity", "value", "order")
    sources = contest.sources.order_by("pk").values_list("game", "drawn_at")
    regions = contest.regions.order_by("pk").values_list("pk", flat=True)
    fields = Contest.objects.filter(pk=contest.pk).values(*FROZEN_FIELDS).get()
    return _hash([fields, [[str(value) for value in prize] for prize in prizes], [*sources], [*regions]])


def entry_hash(entry: Entry) -> str:
    """The commitment of a confirmed entry that still holds its personal data."""
    return hash_of_values(getattr(entry, name) for name in ENTRY_FIELDS)


def hash_of_values(values: Iterable[object]) -> str:
    """The commitment of an entry with these values of `ENTRY_FIELDS`."""
    return _hash(list(values))


def list_hash(commitments: Iterable[tuple[str, str]]) -> str:
    """The hash of all (ticket, commitment) of a contest, which come sorted by ticket."""
    digest = hashlib.sha256()
    for ticket, commitment in commitments:
        digest.update(f"{ticket} {commitment}\n".encode())
    return digest.hexdigest()


def claim_hash(award: Award) -> str:
    """The hash of the name and address with which a prize was claimed."""
    return _hash([award.entry.salt, *(getattr(award, name) for name in CLAIM_FIELDS)])


def _hash(value: object) -> str:
    return verify.sha(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str))
