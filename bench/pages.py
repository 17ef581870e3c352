"""
Measures the CPU time of a page of each kind, with a thousand generated articles (`make bench`).

Each page is requested 200 times through all of Django in one process, whose user and system time is measured.
This is done twice: rendered for every request, and from the page cache, as readers get it; the limit applies
to the latter. An empty Django view is measured in the same run, so that figures of different machines can be
compared by their ratio to it.
"""

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="cinemaclips-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "cinemaclips.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from cinemaclips import urls
from cinemaclips.demo import load
from films.models import Film
from magazine.models import Byline, Contributor
from reviews.models import Review

ARTICLES, REQUESTS, LIMIT = 1_000, 200, 8.0
PAGES = ["/", "/reviews/", "/reviews/?rating=9", "/reviews/metropolis/", "/interviews/the-light-is-easier/",
         "/films/metropolis-1927/", "/dvdelighted/metropolis-restored-blu-ray/", "/gallery/the-booth/",
         "/trivia/", "/trivia/daily/", "/picks/rain/", "/about/", "/feeds/rss.xml", "/sitemap.xml",
         "/search/?q=hitchcock", "/search/?q=film"]  # fmt: skip


def load_articles() -> None:
    """Load the demo magazine and copy its reviews until there are a thousand articles."""
    call_command("setup", verbosity=0)
    load("a bench password")
    models = list(Review.objects.all())
    films, critics = list(Film.objects.all()), list(Contributor.objects.all())
    now = timezone.now()
    for number in range(ARTICLES - len(models) - 4):
        model = models[number % len(models)]
        review = Review.objects.create(
            title=f"{model.title} {number}", slug=f"review-{number}", dek=model.dek, verdict=model.verdict,
            body=model.body, half_stars=number % 10 + 1, how_seen="ticket", film=films[number % len(films)],
            published_at=now - timedelta(days=100, hours=number),
        )  # fmt: skip
        Byline.objects.create(article=review, contributor=critics[number % len(critics)])
        review.tags.add(["silent", "noir", "road", "comedy"][number % 4])


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cpu_milliseconds(client: Client, url: str, requests: int) -> float:
    """CPU milliseconds per request, after some requests that load templates and modules."""
    for _ in range(5):
        if client.get(url).status_code != 200:
            sys.exit(f"{url} does not answer.")
    before = cpu()
    for _ in range(requests):
        client.get(url)
    return (cpu() - before) / requests * 1000


def count_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def measure_uncached(
    urls_by_name: Callable[[Client], dict[str, str]], requests: int, limit: float, queries: int
) -> list[str]:
    """
    Print what each page costs without the page cache, compared with an empty view.

    `urls_by_name` maps each URL to a note or "". Returns the URLs that cost more than `limit` CPU
    milliseconds or more than `queries` queries.
    """
    urls.urlpatterns.append(path("bare/", lambda request: HttpResponse("bare")))
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    settings.PAGE_CACHE = False
    too_slow: list[str] = []
    bare = cpu_milliseconds(client, "/bare/", requests)
    print(f"{'bare Django view':45} {bare:7.2f} ms")
    for url, name in urls_by_name(client).items():
        made, queries_made = cpu_milliseconds(client, url, requests), count_queries(client, url)
        too_slow += [url] if made > limit or queries_made > queries else []
        print(f"{name or url:45} {made:7.2f} ms  {made / bare:6.1f} × bare   {queries_made} queries")
    return too_slow


def measure_uncached_and_cached(client: Client, url: str, requests: int = REQUESTS) -> tuple[float, float]:
    """(CPU milliseconds without the page cache, CPU milliseconds from the page cache) per request."""
    settings.PAGE_CACHE = False
    made = cpu_milliseconds(client, url, requests)
    settings.PAGE_CACHE = True
    return made, cpu_milliseconds(client, url, requests)


def main() -> None:
    load_articles()
    urls.urlpatterns.append(path("bare/", lambda request: HttpResponse("bare")))
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    bare = measure_uncached_and_cached(client, "/bare/")[0]
    print(f"{'bare Django view':45} {bare:6.2f} ms")
    too_slow: list[str] = []
    for url in PAGES:
        made, kept = measure_uncached_and_cached(client, url)
        too_slow += [url] if kept > LIMIT else []
        print(
            f"{url:45} made {made:6.2f} ms  {made / bare:5.1f} × bare   "
            f"kept {kept:6.2f} ms  {kept / bare:5.1f} × bare"
        )
    print(f"{ARTICLES} articles, {REQUESTS} requests each; the limit for a kept page is {LIMIT} ms.")
    sys.exit(f"Over the limit: {', '.join(too_slow)}" if too_slow else 0)


if __name__ == "__main__":
    main()
