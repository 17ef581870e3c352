"""Finds signs of unfair entries, for staff to review before the freeze. No entry is rejected for them."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from disposable_email_domains import blocklist

from contest.models import Award, Contest, Entry, Exclusion
from fans.email_addresses import pseudonym

MODERATION_FIELDS = [
    *"name email identity channel region network_pseudonym doubts".split(),
    *"sent_at confirmed_at reviewed_at ticket".split(),
]
BURST_SIZE, BURST_WINDOW = 5, timedelta(hours=1)  # fewer can be a family, or people in a library

type Findings = Iterator[tuple[Entry, str]]
DOMAINS_IGNORING_DOTS = {"gmail.com", "googlemail.com"}


def suspicious_entries(contest: Contest) -> dict[Entry, list[str]]:
    """The eligible entries that staff have not reviewed and that a check flags, each with sentences why."""
    entries = list(contest.entries.eligible().order_by("confirmed_at", "pk").only(*MODERATION_FIELDS))
    found: defaultdict[Entry, list[str]] = defaultdict(list)
    for check in CHECKS:
        for entry, sentence in check(entries):
            found[entry].append(sentence)
    return {entry: reasons for entry, reasons in found.items() if not entry.reviewed_at}


def comparable_email(email: str) -> str:
    """An e-mail address without its +tag, and without dots if its host ignores them."""
    local, _, domain = email.partition("@")
    local = local.partition("+")[0]
    if domain in DOMAINS_IGNORING_DOTS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def email_domains(email: str) -> set[str]:
    """The domain of an e-mail address and those above it, as in "a.b.com" and "b.com"."""
    parts = email.partition("@")[2].split(".")
    return {".".join(parts[start:]) for start in range(len(parts) - 1)}


def _with_doubts(entries: Iterable[Entry]) -> Findings:
    for entry in entries:
        if entry.doubts:
            yield entry, entry.doubts


def _in_bursts(entries: Iterable[Entry]) -> Findings:
    by_network: defaultdict[str, list[Entry]] = defaultdict(list)
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


def _disposable(entries: Iterable[Entry]) -> Findings:
    for entry in entries:
        if email_domains(entry.email) & blocklist:
            yield entry, "The address is of a mailbox that is thrown away."


def _look_alikes(entries: Iterable[Entry]) -> Findings:
    """E-mail addresses that may belong to one person."""
    keys = Counter(comparable_email(entry.email) for entry in entries if entry.email)
    for entry in entries:
        count = keys[comparable_email(entry.email)] if entry.email else 0
        if count > 1:
            yield entry, f"{count} addresses differ only in dots or in what follows a plus sign."


def _namesakes_of_cards(entries: Iterable[Entry]) -> Findings:
    """Cards whose name and region are those of another entry."""
    names = Counter(_name_and_region(entry) for entry in entries if entry.name)
    for entry in entries:
        if entry.name and entry.channel == entry.Channel.CARD and names[_name_and_region(entry)] > 1:
            yield entry, "Somebody of this name from this region has entered too."


def _name_and_region(entry: Entry) -> tuple[str, int | None]:
    return " ".join(entry.name.casefold().split()), entry.region_id


def _excluded(entries: Iterable[Entry]) -> Findings:
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


def _won_before(entries: Iterable[Entry]) -> Findings:
    """People who have claimed a prize before and are not erased."""
    claimed = Award.objects.filter(erased_at__isnull=True, claimed_at__isnull=False)
    won = dict(claimed.values_list("entry__identity", "contest__draw_id"))
    for entry in entries:
        if entry.identity in won:
            yield entry, f"Has won before, in {won[entry.identity]}."


# The order in which the sentences about an entry are shown.
CHECKS = [_with_doubts, _in_bursts, _disposable, _look_alikes, _namesakes_of_cards, _excluded, _won_before]
