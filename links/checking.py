"""The checker's rounds: a few links at a time, one a host, and never an alarm about our own line."""

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone

from films.titles import folded
from links.models import RECHECK_INTERVAL, Link
from links.visits import visit

if TYPE_CHECKING:
    from links.models import LinkQuerySet
    from links.visits import Finding

DUE_CONSIDERED = 200  # due links among which hosts are chosen
MIN_WORD_LENGTH = 4  # letters; shorter words stand in any title
ONLINE_PROBES = 3


def check_due_links(limit: int, *, local: bool = False) -> list[Link]:
    """
    Visit up to `limit` links that are due, one a host; the links visited, with what was learnt saved.

    If no server answered at all and the hosts of links that work cannot be found either, this
    machine is offline: then nothing is held against anybody, and all of them are asked again.
    """
    links = one_per_host(Link.objects.due(timezone.now())[:DUE_CONSIDERED])[:limit]
    findings = [(link, _doubt_changed_title(link, visit(link.url, local=local))) for link in links]
    if findings and all(finding.unreachable for _, finding in findings) and not is_online():
        _postpone(links)
        return []
    for link, finding in findings:
        link.record_finding(finding, timezone.now())
        link.save()
    return links


def one_per_host(links: "LinkQuerySet") -> list[Link]:
    """The first of `links` on each host."""
    hosts: dict[str | None, Link] = {}
    for link in links:
        hosts.setdefault(urlsplit(link.url).hostname, link)
    return list(hosts.values())


def is_online() -> bool:
    """Whether the host of any link that worked lately can be found."""
    working = Link.objects.filter(worked_at__isnull=False).order_by("-worked_at")[:ONLINE_PROBES]
    for host in {urlsplit(link.url).hostname for link in working}:
        try:
            socket.getaddrinfo(host, None)
        except OSError:
            continue
        return True
    return False


def distinctive_words(title: str) -> set[str]:
    """The words by which a title is known: a renamed page keeps one or two, a parked domain none."""
    return {word for word in folded(title).split() if len(word) >= MIN_WORD_LENGTH}


def _doubt_changed_title(link: Link, finding: "Finding") -> "Finding":
    """A good answer under a wholly different title is what a parked domain gives."""
    if not finding.works or not link.page_title or not finding.title:
        return finding
    words_before, words_now = distinctive_words(link.page_title), distinctive_words(finding.title)
    if not words_before or not words_now or words_before & words_now:
        return finding
    sentence = (
        f"The page is now called “{finding.title}”; it was “{link.page_title}”. Has the domain been sold?"
    )
    return finding._replace(works=False, sentence=sentence)


def _postpone(links: list[Link]) -> None:
    for link in links:
        link.next_check = timezone.now() + RECHECK_INTERVAL / 4
        link.save(update_fields=["next_check"])
