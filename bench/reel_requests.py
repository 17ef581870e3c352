"""
What Reel Requests cost with 100,000 requests and 1,000,000 voices, by `make bench`.

The same measure as `bench/pages.py`: CPU of the process, made anew for every request, beside a bare
Django view in the same run, and the number of queries. The limits are the room's own promise; so is
that of the requests that are like the one being typed. Then what a voice costs, and what telling
everybody of a piece that 50,000 people have asked for.
"""

import sys
from datetime import timedelta
from random import Random
from time import process_time

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pages import load, measure_uncached  # first: it readies Django

from films.titles import title_key
from reelrequests import asking, deciding, telling
from reelrequests.models import ReelRequest, RequestWord, Step, Voice
from reelrequests.similar import similar_to
from reviews.models import Review

REQUESTS, VOICES, CROWD, ASKED, TOGETHER = 100_000, 1_000_000, 50_000, 40, 20_000
LIMIT, QUERIES, SIMILAR = 20.0, 6, 50.0
FIRST = (
    "Night Return House Love Shadow River Silent Red Last Iron Golden Paper Winter Blue Broken City".split()
)
THEN = "of in and under without beyond".split()
LAST = "Stars Street Morning Angels Desert Mirror Train Letters Wind Strangers Garden Bridge Sea Fire".split()


def fill():
    """The demo magazine, and more wishes than any small site will hear."""
    call_command("setup", verbosity=0)
    load("a bench password")
    chance, now = Random(1), timezone.now()  # noqa: S311 - titles, no secrets
    reviews = list(Review.objects.values_list("pk", flat=True))
    made = [_request(number, chance, now, reviews) for number in range(REQUESTS)]
    ReelRequest.objects.bulk_create(made, batch_size=2_000)
    Step.objects.bulk_create([Step(request=each, kind="shown", at=now) for each in made], batch_size=2_000)
    words = ((each, word) for each in made for word in set(each.title_key.split()))
    RequestWord.objects.bulk_create(
        [RequestWord(request=each, word=word) for each, word in words], batch_size=5_000
    )
    numbers = [each.pk for each in made]
    for start in range(0, VOICES - CROWD, TOGETHER):
        Voice.objects.bulk_create(_voices(start, numbers, now), batch_size=2_000)
    popular = made[-1]
    crowd = [
        Voice(request=popular, email=f"crowd{number}@example.com", confirmed_at=now, key=f"crowd {number}")
        for number in range(CROWD)
    ]
    Voice.objects.bulk_create(crowd, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("""
            UPDATE reelrequests_reelrequest SET
            voices = (SELECT count(*) FROM reelrequests_voice voice
                WHERE voice.request_id = reelrequests_reelrequest.id AND confirmed_at IS NOT NULL),
            unconfirmed = (SELECT count(*) FROM reelrequests_voice voice
                WHERE voice.request_id = reelrequests_reelrequest.id AND confirmed_at IS NULL)
        """)
        cursor.execute("ANALYZE")
    return popular


def _request(number, chance, now, reviews):
    title = f"{chance.choice(FIRST)} {chance.choice(THEN)} {chance.choice(LAST)} {number % 5_000}"
    covered = number % 7 == 0
    return ReelRequest(
        title=title, title_key=title_key(title), why="Because." * 20, look="shown", token=f"bench {number}",
        kind=("film", "clip", "topic")[number % 3], asked_at=now - timedelta(minutes=number), told_at=now,
        status=("new", "planned", "production", "declined")[number % 4],
        reason="It is lost." if number % 4 == 3 else "",
        piece_id=reviews[number % len(reviews)] if covered else None,
    )  # fmt: skip


def _voices(start, numbers, now):
    for number in range(start, start + TOGETHER):
        sure = number % 10 > 0
        yield Voice(
            request_id=numbers[number % len(numbers)], key=f"v{number}", given_at=now,
            email=f"fan{number // 10}@example.com" if sure else "", browser="" if sure else f"b{number}",
            confirmed_at=now if sure else None,
        )  # fmt: skip


def took(act, times=1):
    before = process_time()
    for _ in range(times):
        act()
    return (process_time() - before) * 1000 / times


def pages(popular):
    riddle = ReelRequest.objects.filter(kind="riddle").first()
    return {
        "/reel-requests/": "the most wanted",
        "/reel-requests/?status=new": "",
        "/reel-requests/?status=covered": "",
        "/reel-requests/?status=declined&kind=clip": "",
        "/reel-requests/?order=new": "",
        "/reel-requests/?page=500": "page 500",
        popular.get_absolute_url(): f"one request, wanted by {CROWD}",
        riddle.get_absolute_url(): "a riddle",
        "/reel-requests/ask/": "",
        "/reel-requests/yours/": "",
        "/feeds/requests/new/rss.xml": "",
        "/feeds/requests/planned/rss.xml": "",
    }


def behind_the_pages(popular):
    """What a voice, a decision and a telling cost, in CPU milliseconds."""
    now, browsers = timezone.now(), iter(range(1_000))
    small = ReelRequest.objects.filter(voices__range=(5, 12)).first()
    yield "a voice", took(lambda: asking.join(small, "", None, f"new{next(browsers)}", now), 20)
    yield (
        f"a voice for what {CROWD} want",
        took(lambda: asking.join(popular, "", None, f"new{next(browsers)}", now), 5),
    )
    popular.piece_id = Review.objects.latest("pk").pk
    yield "linking it to a piece", took(lambda: deciding.note(popular, "Bench", now))
    popular = ReelRequest.objects.select_related("piece").get(pk=popular.pk)
    yield f"telling {CROWD} people", took(lambda: telling.tell(popular, now))


def main():
    popular = fill()
    over = measure_uncached(lambda client: pages(popular), ASKED, LIMIT, QUERIES)
    for words in (
        "Night of the Stars 17",
        "Shadwo under Brigde",
        "silent",
        "zzz",
        "River in Morning Train Sea",
    ):
        cost = took(lambda: similar_to(words), 20)  # noqa: B023 - called at once
        over += [words] if cost > SIMILAR else []
        print(f"{f'similar to “{words}”':45} {cost:7.2f} ms   {len(similar_to(words))} found")
    for name, cost in behind_the_pages(popular):
        print(f"{name:45} {cost:7.1f} ms")
    print(f"{ReelRequest.objects.count()} requests, {Voice.objects.count()} voices, {ASKED} times each.")
    sys.exit(f"Over the limits: {', '.join(over)}" if over else 0)


if __name__ == "__main__":
    main()
