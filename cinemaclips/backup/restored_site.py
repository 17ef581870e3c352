"""What a restored site must show: its rows, its pictures, and its pages."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from cinemaclips.backup.databases import count_rows
from cinemaclips.backup.manifest import Manifest
from magazine.models import Article
from magazine.sections import nav_sections
from photos.models import Photo


def find_problems(manifest: Manifest) -> Iterator[str]:
    """A sentence for everything that is wrong with the site of this process, compared with the manifest."""
    yield from _damage()
    yield from _missing_rows(manifest)
    for pk, name in Photo.objects.order_by("pk").values_list("pk", "master"):
        if not Path(settings.MEDIA_ROOT, name).is_file():
            yield f"The file of picture {pk} is missing."
    for path in sorted(_paths()):
        status = Client(raise_request_exception=False, HTTP_HOST=settings.SITE_HOST).get(path).status_code
        if status != 200:
            yield f"{path} is answered with status {status}."


def _missing_rows(manifest: Manifest) -> Iterator[str]:
    counted = count_rows()
    for table, rows in manifest.rows.items():
        if counted.get(table) != rows:
            yield f"{table} has {counted.get(table, 'no')} rows instead of {rows}."


def _damage() -> Iterator[str]:
    """What SQLite itself finds, row by row."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(20)")
            yield from (f"SQLite: {row[0]}." for row in cursor.fetchall() if row[0] != "ok")
            cursor.execute("PRAGMA foreign_key_check")
            yield from (
                f"A row of {row[0]} refers to a missing row of {row[2]}." for row in cursor.fetchall()
            )


def _paths() -> set[str]:
    """The first pages, and the newest piece of each section."""
    paths = {"/", "/desk/login/", reverse("films"), reverse("people"), reverse("search")}
    for section in nav_sections():
        paths.add(reverse(section.first_page))
        newest = Article.objects.published().filter(section=section.app_label).newest_first().first()
        if newest:
            paths.add(newest.get_absolute_url())
    return paths
