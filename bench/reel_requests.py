"""
Measures Reel Requests with 100,000 requests and 1,000,000 votes (`make bench`).

Pages are measured as in `bench/pages.py`: the CPU time of the process, with the page rendered anew for every
request, compared with an empty Django view in the same run, and the number of queries. After that it measures
the search for similar requests, a vote, and the notification of 50,000 people about one piece. The limits are
those that this section promises.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.pages import load, measure_uncached  # first: it sets Django up
from films.titles import title_key
from reelrequests import notifications, reader_actions, staff_actions
from reelrequests.models import ReelRequest, RequestWord, Step, Vote
from reelrequests.similar import similar_to
from reviews.models import Review

REQUESTS, VOTES, POPULAR_VOTES, REPEATS, BATCH_SIZE = 100_000, 1_000_000, 50_000, 40, 20_000
MAX_MS, MAX_QUERIES, MAX_SIMILAR_MS = 20.0, 6, 50.0
FIRST_WORDS = (
    "Night Return House Love Shadow River Silent Red Last Iron Golden Paper Winter Blue Broken City".split()
)
MIDDLE_WORDS = "of in and under without beyond".split()
LAST_WORDS = (
    "Stars Street Morning Angels Desert Mirror Train Letters Wind Strangers Garden Bridge Sea Fire".split()
)


def fill() -> ReelRequest:
    """Load the demo magazine and add requests with votes. Returns the request with the most votes."""
    call_command("setup", verbosity=0)
    load("a bench password")
    now = timezone.now()
    reel_requests = _create_requests(now)
    pks = [reel_request.pk for reel_request in reel_requests]
    for start in range(0, VOTES - POPULAR_VOTES, BATCH_SIZE):
        Vote.objects.bulk_create(_votes(start, pks, now), batch_size=2_000)
    popular = reel_requests[-1]
    Vote.objects.bulk_create(_popular_votes(popular, now), batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute(UPDATE_COUNTS)
        cursor.execute("ANALYZE")
    return popular


UPDATE_COUNTS = """
UPDATE reelrequests_reelrequest SET
vote_count = (SELECT count(*) FROM reelrequests_vote vote
    WHERE vote.request_id = reelrequests_reelrequest.id AND confirmed_at IS NOT NULL),
unconfirmed_count = (SELECT count(*) FROM reelrequests_vote vote
    WHERE vote.request_id = reelrequests_reelrequest.id AND confirmed_at IS NULL)
"""


def _create_requests(now: datetime) -> list[ReelRequest]:
    """Save the requests with their first step and the words by which similar ones are found."""
    rng = Random(1)  # noqa: S311 - titles, no secrets
    reviews = list(Review.objects.values_list("pk", flat=True))
    reel_requests = [_request(number, rng, now, reviews) for number in range(REQUESTS)]
    ReelRequest.objects.bulk_create(reel_requests, batch_size=2_000)
    Step.objects.bulk_create(
        [Step(request=reel_request, kind="shown", at=now) for reel_request in reel_requests], batch_size=2_000
    )
    words = (
        (reel_request, word) for reel_request in reel_requests for word in set(reel_request.title_key.split())
    )
    RequestWord.objects.bulk_create(
        [RequestWord(request=reel_request, word=word) for reel_request, word in words], batch_size=5_000
    )
    return reel_requests


def _request(number: int, rng: Random, now: datetime, reviews: list[int]) -> ReelRequest:
    title = f"{rng.choice(FIRST_WORDS)} {rng.choice(MIDDLE_WORDS)} {rng.choice(LAST_WORDS)} {number % 5_000}"
    covered = number % 7 == 0
    return ReelRequest(
        title=title, title_key=title_key(title), why="Because." * 20, moderation="shown",
        submission_hash=f"bench {number}",
        kind=("film", "clip", "topic")[number % 3], asked_at=now - timedelta(minutes=number), notified_at=now,
        status=("new", "planned", "production", "declined")[number % 4],
        reason="It is lost." if number % 4 == 3 else "",
        piece_id=reviews[number % len(reviews)] if covered else None,
    )  # fmt: skip


def _votes(start: int, pks: list[int], now: datetime) -> Iterator[Vote]:
    for number in range(start, start + BATCH_SIZE):
        is_confirmed = number % 10 > 0
        yield Vote(
            request_id=pks[number % len(pks)], withdraw_key=f"v{number}", voted_at=now,
            email=f"fan{number // 10}@example.com" if is_confirmed else "",
            browser="" if is_confirmed else f"b{number}",
            confirmed_at=now if is_confirmed else None,
        )  # fmt: skip


def _popular_votes(popular: ReelRequest, now: datetime) -> Iterator[Vote]:
    for number in range(POPULAR_VOTES):
        yield Vote(
            request=popular,
            email=f"crowd{number}@example.com",
            confirmed_at=now,
            withdraw_key=f"crowd {number}",
        )


def cpu_ms(action: Callable[[], object], times: int = 1) -> float:
    """The CPU milliseconds that one call of `action` takes, as the mean of `times` calls."""
    started = process_time()
    for _ in range(times):
        action()
    return (process_time() - started) * 1000 / times


def pages(popular: ReelRequest) -> dict[str, str]:
    """The measured URLs, with a note on each."""
    to_identify = ReelRequest.objects.filter(kind=ReelRequest.Kind.IDENTIFY)[0]
    return {
        "/reel-requests/": "the most wanted",
        "/reel-requests/?status=new": "",
        "/reel-requests/?status=covered": "",
        "/reel-requests/?status=declined&kind=clip": "",
        "/reel-requests/?order=new": "",
        "/reel-requests/?page=500": "page 500",
        popular.get_absolute_url(): f"one request, wanted by {POPULAR_VOTES}",
        to_identify.get_absolute_url(): "a film to identify",
        "/reel-requests/ask/": "",
        "/reel-requests/yours/": "",
        "/feeds/requests/new/rss.xml": "",
        "/feeds/requests/planned/rss.xml": "",
    }


def other_costs(popular: ReelRequest) -> Iterator[tuple[str, float]]:
    """What a vote, a decision and a notification cost, in CPU milliseconds."""
    now, browsers = timezone.now(), iter(range(1_000))
    small = ReelRequest.objects.filter(vote_count__range=(5, 12))[0]
    yield "a vote", cpu_ms(lambda: reader_actions.add_vote(small, "", None, f"new{next(browsers)}", now), 20)
    yield (
        f"a vote for what {POPULAR_VOTES} want",
        cpu_ms(lambda: reader_actions.add_vote(popular, "", None, f"new{next(browsers)}", now), 5),
    )
    popular.piece_id = Review.objects.latest("pk").pk
    yield "linking it to a piece", cpu_ms(lambda: staff_actions.save_changes(popular, "Bench", now))
    popular = ReelRequest.objects.select_related("piece").get(pk=popular.pk)
    yield f"notifying {POPULAR_VOTES} people", cpu_ms(lambda: notifications.notify_published(popular, now))


def main() -> None:
    popular = fill()
    over = measure_uncached(lambda client: pages(popular), REPEATS, MAX_MS, MAX_QUERIES)
    for words in (
        "Night of the Stars 17",
        "Shadwo under Brigde",
        "silent",
        "zzz",
        "River in Morning Train Sea",
    ):
        cost = cpu_ms(lambda: similar_to(words), 20)  # noqa: B023 - called at once
        over += [words] if cost > MAX_SIMILAR_MS else []
        print(f"{f'similar to “{words}”':45} {cost:7.2f} ms   {len(similar_to(words))} found")
    for name, cost in other_costs(popular):
        print(f"{name:45} {cost:7.1f} ms")
    print(f"{ReelRequest.objects.count()} requests, {Vote.objects.count()} votes, {REPEATS} times each.")
    sys.exit(f"Over the limits: {', '.join(over)}" if over else 0)


if __name__ == "__main__":
    main()
