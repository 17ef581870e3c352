"""
Measures the CPU time of pages with a hundred thousand pieces (`make bench`), as `bench/pages.py` does.

One of the pages is a search for "the", the most expensive one, since nearly every piece contains the word.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from django.core.management import call_command
from django.db import connection

from bench.pages import (  # first: it readies Django
    Client,
    HttpResponse,
    load,
    measure_uncached_and_cached,
    path,
    urls,
)
from films.models import Film
from magazine.models import Article
from reviews.models import Review

PIECES, REQUESTS = 100_000, 5
PAGES = [
    *("/", "/reviews/", "/reviews/?page=500", "/reviews/metropolis/", "/films/metropolis-1927/"),
    *("/sitemap.xml", "/feeds/rss.xml", "/search/?q=hitchcock", "/search/?q=metropolsi", "/search/?q=the"),
]
# The columns in which a copy differs from the review that it is copied from.
COLUMN_EXPRESSIONS = {
    "slug": "piece.slug || '-' || number",
    "title": "piece.title || ' ' || number",
    "published_at": "datetime('now', '-' || (number * 60 + 100000) || ' seconds')",
    "film_id": "film",
}


def load_articles() -> None:
    """Load the demo magazine and copy its reviews until there are a hundred thousand pieces."""
    call_command("setup", verbosity=0)
    load("a bench password")
    models = list(Review.objects.values_list("pk", flat=True))
    films = list(Film.objects.values_list("pk", flat=True))
    first = Article.objects.latest("pk").pk + 1
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copies (pk INTEGER PRIMARY KEY, number, film, model)")
        rows = [
            (first + number, number, films[number % len(films)], models[number % len(models)])
            for number in range(PIECES)
        ]
        cursor.executemany("INSERT INTO copies VALUES (%s, %s, %s, %s)", rows)
        for model, key in ((Article, "id"), (Review, "article_ptr_id")):
            columns = [field.attname for field in model._meta.local_fields if field.attname != key]
            expressions = ", ".join(COLUMN_EXPRESSIONS.get(column, f'piece."{column}"') for column in columns)
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({key}, {', '.join(columns)}) "  # noqa: S608 - our own names
                f"SELECT copies.pk, {expressions} FROM copies JOIN {table} piece ON piece.{key} = model"
            )
        cursor.execute("ANALYZE")


def main() -> None:
    load_articles()
    urls.urlpatterns.append(path("bare/", lambda request: HttpResponse("bare")))
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    bare = measure_uncached_and_cached(client, "/bare/")[0]
    print(f"{'bare Django view':45} {bare:7.2f} ms")
    for url in PAGES:
        made, kept = measure_uncached_and_cached(client, url, REQUESTS)
        print(f"{url:45} made {made:7.2f} ms   kept {kept:6.2f} ms")
    print(f"{Article.objects.count()} pieces, {REQUESTS} requests each.")


if __name__ == "__main__":
    main()
