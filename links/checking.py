"""The checker's rounds: a few links at a time, one a host, and never an alarm about our own line."""

import socket
from urllib.parse import urlsplit

from django.utils import timezone

from films.titles import folded
from links.models import AGAIN_IN_DOUBT, Link
from links.visits import visit

LOOKED_AT = 200  # due links among which hosts are chosen
TELLING = 4  # letters; shorter words stand in any title
WITNESSES = 3


def check_some(at_most, *, local=False):
    """
    Visit up to `at_most` links that are due, one a host; the links visited, with what was learnt saved.

    If no server answered at all and the hosts of links that work cannot be found either, this
    machine is offline: then nothing is held against anybody, and all of them are asked again.
    """
    chosen = one_a_host(Link.objects.due(timezone.now())[:LOOKED_AT])[:at_most]
    found = [(link, _with_doubt(link, visit(link.url, local=local))) for link in chosen]
    if found and all(finding.unreachable for _, finding in found) and not is_online():
        _ask_again(chosen)
        return []
    for link, finding in found:
        link.learn(finding, timezone.now())
        link.save()
    return chosen


def one_a_host(links):
    """The first of `links` on each host."""
    hosts = {}
    for link in links:
        hosts.setdefault(urlsplit(link.url).hostname, link)
    return list(hosts.values())


def is_online():
    """Whether the host of any link that worked lately can be found."""
    worked = Link.objects.filter(worked_at__isnull=False).order_by("-worked_at")[:WITNESSES]
    for host in {urlsplit(link.url).hostname for link in worked}:
        try:
            socket.getaddrinfo(host, None)
        except OSError:
            continue
        return True
    return False


def telling_words(title):
    """The words by which a title is known: a renamed page keeps one or two, a parked domain none."""
    return {word for word in folded(title).split() if len(word) >= TELLING}


def _with_doubt(link, finding):
    """A good answer under a wholly different title is what a parked domain gives."""
    if not finding.works or not link.page_title or not finding.title:
        return finding
    before, now = telling_words(link.page_title), telling_words(finding.title)
    if not before or not now or before & now:
        return finding
    sentence = (
        f"The page is now called “{finding.title}”; it was “{link.page_title}”. Has the domain been sold?"
    )
    return finding._replace(works=False, sentence=sentence)


def _ask_again(links):
    for link in links:
        link.next_check = timezone.now() + AGAIN_IN_DOUBT / 4
        link.save(update_fields=["next_check"])
