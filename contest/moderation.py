"""A look at the entries before the freeze: what is odd is shown to staff, and nothing is dropped for it."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from disposable_email_domains import blocklist

from contest.models import Award, Exclusion
from fans.email_addresses import pseudonym

if TYPE_CHECKING:
    from contest.models import Contest, Entry

MODERATION_FIELDS = [
    *(
        "name",
        "email",
        "identity",
        "channel",
        "region",
        "network_pseudonym",
        "doubts",
        "sent_at",
        "confirmed_at",
    ),
    *("reviewed_at", "ticket"),
]
BURST_SIZE, BURST_WINDOW = 5, timedelta(hours=1)  # a family is no burst, nor are three at a library
DOMAINS_IGNORING_DOTS = {"gmail.com", "googlemail.com"}


def suspicious_entries(contest: "Contest") -> "dict[Entry, list[str]]":
    """{entry: [sentences]} for every entry that stands, was not found fine, and has something odd."""
    entries = list(contest.entries.eligible().order_by("confirmed_at", "pk").only(*MODERATION_FIELDS))
    found = defaultdict(list)
    for check in (_with_doubts, _in_bursts, _disposable, _look_alikes, _excluded, _won_before):
        for entry, sentence in check(entries):
            found[entry].append(sentence)
    return {entry: reasons for entry, reasons in found.items() if not entry.reviewed_at}


def comparable_email(email: str) -> str:
    """An address without what its owner can vary: a +tag, and dots where they do not count."""
    local, _, domain = email.partition("@")
    local = local.partition("+")[0]
    if domain in DOMAINS_IGNORING_DOTS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def email_domains(email: str) -> set[str]:
    """The domain of an address and those above it: "a.b.com" and "b.com"."""
    parts = email.partition("@")[2].split(".")
    return {".".join(parts[start:]) for start in range(len(parts) - 1)}


def _with_doubts(entries: "list[Entry]") -> "Iterator[tuple[Entry, str]]":
    for entry in entries:
        if entry.doubts:
            yield entry, entry.doubts


def _in_bursts(entries: "list[Entry]") -> "Iterator[tuple[Entry, str]]":
    by_network = defaultdict(list)
    for entry in entries:
        if entry.network_pseudonym:
            by_network[entry.network_pseudonym].append(entry)
    for together in by_network.values():
        sent_times = sorted(entry.sent_at for entry in together)
        for entry in together:
            nearby = bisect_right(sent_times, entry.sent_at + BURST_WINDOW) - bisect_left(
                sent_times, entry.sent_at - BURST_WINDOW
            )
            if nearby >= BURST_SIZE:
                yield entry, f"{nearby} entries from one network within an hour."


def _disposable(entries: "list[Entry]") -> "Iterator[tuple[Entry, str]]":
    for entry in entries:
        if email_domains(entry.email) & blocklist:
            yield entry, "The address is of a mailbox that is thrown away."


def _look_alikes(entries: "list[Entry]") -> "Iterator[tuple[Entry, str]]":
    keys = Counter(comparable_email(entry.email) for entry in entries if entry.email)
    for entry in entries:
        count = keys[comparable_email(entry.email)] if entry.email else 0
        if count > 1:
            yield entry, f"{count} addresses differ only in dots or in what follows a plus sign."
    names = Counter(_name_and_region(entry) for entry in entries if entry.name)
    for entry in entries:
        if entry.name and entry.channel == entry.Channel.CARD and names[_name_and_region(entry)] > 1:
            yield entry, "Somebody of this name from this region has entered too."


def _name_and_region(entry: "Entry") -> tuple[str, int]:
    return " ".join(entry.name.casefold().split()), entry.region_id


def _excluded(entries: "list[Entry]") -> "Iterator[tuple[Entry, str]]":
    exclusions = list(Exclusion.objects.all())
    domains = {exclusion.domain.lower(): exclusion.reason for exclusion in exclusions if exclusion.domain}
    pseudonyms = {
        exclusion.email_pseudonym: exclusion.reason for exclusion in exclusions if exclusion.email_pseudonym
    }
    for entry in entries:
        reasons = [domains[domain] for domain in sorted(email_domains(entry.email) & domains.keys())]
        reasons += [pseudonyms[key] for key in [pseudonym(entry.identity, "exclusion")] if key in pseudonyms]
        if reasons:
            yield entry, f"May not take part: {reasons[0]}."


def _won_before(entries: "list[Entry]") -> "Iterator[tuple[Entry, str]]":
    """Winners whose records are still kept; nothing is said of those who were deleted."""
    claimed = Award.objects.filter(erased_at__isnull=True, claimed_at__isnull=False)
    won = dict(claimed.values_list("entry__identity", "contest__draw_id"))
    for entry in entries:
        if entry.identity in won:
            yield entry, f"Has won before, in {won[entry.identity]}."
