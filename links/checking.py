"""The link checker: visits a few links at a time, one per host, and notices when this machine is offline."""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils import timezone

from films.titles import folded
from links.models import RECHECK_INTERVAL, Link
from links.visits import Finding, visit

DUE_CONSIDERED = 200  # due links among which hosts are chosen
MIN_WORD_LENGTH = 4  # letters; shorter words occur in any title
ONLINE_PROBES = 3


def check_due_links(limit: int, *, local: bool = False) -> list[Link]:
    """
    Visit up to `limit` links that are due, one per host, and save the findings; returns the links visited.

    If no server answered at all, and the hosts of working links cannot be found either, this machine
    is offline. Then no failure is recorded and the links are visited again later.
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


def one_per_host(links: Iterable[Link]) -> list[Link]:
    """The first of `links` on each host."""
    hosts: dict[str | None, Link] = {}
    for link in links:
        hosts.setdefault(urlsplit(link.url).hostname, link)
    return list(hosts.values())


def is_online() -> bool:
    """Whether DNS finds the host of any link that worked lately."""
    working = Link.objects.filter(worked_at__isnull=False).order_by("-worked_at")[:ONLINE_PROBES]
    for host in {urlsplit(link.url).hostname for link in working}:
        try:
            socket.getaddrinfo(host, None)
        except OSError:
            continue
        return True
    return False


def distinctive_words(title: str) -> set[str]:
    """The long words of a title. A renamed page keeps one or two of them, a parked domain none."""
    return {word for word in folded(title).split() if len(word) >= MIN_WORD_LENGTH}


def _doubt_changed_title(link: Link, finding: Finding) -> Finding:
    """The finding, changed to "unsure" if the title is entirely different, as on a parked domain."""
    if not finding.works or not link.page_title or not finding.title:
        return finding
    words_before, words_now = distinctive_words(link.page_title), distinctive_words(finding.title)
    if not words_before or not words_now or words_before & words_now:
        return finding
    sentence = (
        f"The page is now called “{finding.title}”; it was “{link.page_title}”. Has the domain been sold?"
    )
    return finding._replace(works=False, sentence=sentence)


def _postpone(links: Iterable[Link]) -> None:
    for link in links:
        link.next_check = timezone.now() + RECHECK_INTERVAL / 4
        link.save(update_fields=["next_check"])
