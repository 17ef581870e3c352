"""A look at the entries before the freeze: what is odd is shown to staff, and nothing is dropped for it."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from datetime import timedelta

from disposable_email_domains import blocklist

from contest.models import Award, Exclusion
from fans.email_addresses import pseudonym

LOOKED_AT = [
    *("name", "email", "bound_to", "way", "region", "network", "doubts", "sent_at", "confirmed_at"),
    *("looked_at", "ticket"),
]
BURST, WITHIN = 5, timedelta(hours=1)  # a family is no burst, nor are three at a library
DOTS_DO_NOT_COUNT = {"gmail.com", "googlemail.com"}


def oddities(contest):
    """{entry: [sentences]} for every entry that stands, was not found fine, and has something odd."""
    entries = list(contest.entries.standing().order_by("confirmed_at", "pk").only(*LOOKED_AT))
    found = defaultdict(list)
    for look in (_doubted, _in_a_burst, _disposable, _look_alike, _excluded, _won_before):
        for entry, sentence in look(entries):
            found[entry].append(sentence)
    return {entry: said for entry, said in found.items() if not entry.looked_at}


def look_alike_key(email):
    """An address without what its owner can vary: a +tag, and dots where they do not count."""
    local, _, domain = email.partition("@")
    local = local.partition("+")[0]
    if domain in DOTS_DO_NOT_COUNT:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def domains_of(email):
    """The domain of an address and those above it: "a.b.com" and "b.com"."""
    parts = email.partition("@")[2].split(".")
    return {".".join(parts[start:]) for start in range(len(parts) - 1)}


def _doubted(entries):
    for entry in entries:
        if entry.doubts:
            yield entry, entry.doubts


def _in_a_burst(entries):
    by_network = defaultdict(list)
    for entry in entries:
        if entry.network:
            by_network[entry.network].append(entry)
    for together in by_network.values():
        moments = sorted(entry.sent_at for entry in together)
        for entry in together:
            near = bisect_right(moments, entry.sent_at + WITHIN) - bisect_left(
                moments, entry.sent_at - WITHIN
            )
            if near >= BURST:
                yield entry, f"{near} entries from one network within an hour."


def _disposable(entries):
    for entry in entries:
        if domains_of(entry.email) & blocklist:
            yield entry, "The address is of a mailbox that is thrown away."


def _look_alike(entries):
    keys = Counter(look_alike_key(entry.email) for entry in entries if entry.email)
    for entry in entries:
        many = keys[look_alike_key(entry.email)] if entry.email else 0
        if many > 1:
            yield entry, f"{many} addresses differ only in dots or in what follows a plus sign."
    names = Counter(_person(entry) for entry in entries if entry.name)
    for entry in entries:
        if entry.name and entry.way == entry.Way.CARD and names[_person(entry)] > 1:
            yield entry, "Somebody of this name from this region has entered too."


def _person(entry):
    return " ".join(entry.name.casefold().split()), entry.region_id


def _excluded(entries):
    rows = list(Exclusion.objects.all())
    domains = {row.domain.lower(): row.why for row in rows if row.domain}
    addresses = {row.sealed: row.why for row in rows if row.sealed}
    for entry in entries:
        whys = [domains[domain] for domain in sorted(domains_of(entry.email) & domains.keys())]
        whys += [addresses[key] for key in [pseudonym(entry.bound_to, "exclusion")] if key in addresses]
        if whys:
            yield entry, f"May not take part: {whys[0]}."


def _won_before(entries):
    """Winners whose records are still kept; nothing is said of those who were deleted."""
    claimed = Award.objects.filter(erased_at__isnull=True, claimed_at__isnull=False)
    won = dict(claimed.values_list("entry__bound_to", "contest__draw"))
    for entry in entries:
        if entry.bound_to in won:
            yield entry, f"Has won before, in {won[entry.bound_to]}."
