"""
Declares feeds, sitemaps, jobs and search for the apps that are no sections, as a `Section` does.

These are the ground floor (magazine, films, photos, fans, redirects; see docs/architecture.md) and this
package. The declaration has no nav label, since it is not in the nav and publishes no pieces.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from cinemaclips import background_jobs as jobs
from cinemaclips.backup.jobs import back_up
from cinemaclips.backup.notices import backup_notices
from cinemaclips.error_reports import collect_errors, error_notices
from cinemaclips.mail_notices import mail_notices
from cinemaclips.readiness import space_notices
from cinemaclips.worker_notices import worker_notices
from fans.limits import purge_rate_limit_counters
from films.models import Film, Person
from films.titles import folded
from magazine.corrections_feed import CorrectionFeed
from magazine.desk_notices import DeskNotice
from magazine.models import Article, Contributor, Pin, StaticPage
from magazine.search.records import with_all_words
from magazine.sections import (
    ADMINISTRATOR,
    CONTEST_MANAGER,
    CONTRIBUTOR,
    EDITOR,
    EVERYTHING,
    VIEWING,
    WRITING,
    RecordSitemap,
    Section,
    register,
)
from photos.models import Photo

RECORDS = "film person credit genre filmalias release photo contributor tag".split()
EDITED = ["byline", *RECORDS, "correction", "pin", "staticpage", "redirect"]


def visible_static_pages() -> "QuerySet[StaticPage]":
    """The static pages that are not hidden."""
    return StaticPage.objects.exclude(heading=StaticPage.Heading.HIDDEN)


@register
class GroundFloor(Section):
    permissions = {
        CONTRIBUTOR: {**dict.fromkeys(RECORDS, VIEWING), "photo": WRITING, "byline": EVERYTHING},
        EDITOR: dict.fromkeys(EDITED, EVERYTHING),
        CONTEST_MANAGER: {
            **dict.fromkeys(RECORDS, VIEWING),
            **dict.fromkeys(["release", "photo"], WRITING),
            **dict.fromkeys(["mail", "consent"], VIEWING),
            "correction": EVERYTHING,
        },
        ADMINISTRATOR: {"user": EVERYTHING, "group": EVERYTHING, "errorgroup": ("view", "delete")},
    }
    extra_permissions = {EDITOR: ["publish_article"], CONTEST_MANAGER: ["publish_article"]}
    record_feeds = [CorrectionFeed]
    sitemap_views = ["tags", "feeds", "films", "people"]
    record_sitemaps = [
        RecordSitemap("standing", visible_static_pages, changed="updated_at", position=10),
        RecordSitemap(
            "films",
            lambda: Film.objects.order_by("pk").select_related("poster"),
            "usable_poster",
            position=20,
        ),
        RecordSitemap(
            "people",
            lambda: Person.objects.order_by("pk").select_related("portrait"),
            "usable_portrait",
            position=30,
        ),
        RecordSitemap(
            "contributors",
            lambda: Contributor.objects.order_by("pk").select_related("portrait"),
            "usable_portrait",
            position=50,
        ),
    ]
    # The worker runs the jobs of sections first, so that mail they enqueue is sent in the same round.
    background_jobs = {
        jobs.record_worker: timedelta(minutes=1),
        collect_errors: timedelta(minutes=1),
        back_up: timedelta(minutes=1),
        jobs.deliver_mail: timedelta(0),
        jobs.purge_old_mail: timedelta(hours=6),
        jobs.purge_fans: timedelta(days=1),
        purge_rate_limit_counters: timedelta(hours=6),
        jobs.make_picture_sizes: timedelta(minutes=1),
        jobs.delete_expired_sessions: timedelta(hours=6),
        jobs.optimize_database: timedelta(days=1),
    }
    clock_boundaries = [
        (Article, "published_at"),
        (Photo, "usable_from"),
        (Photo, "usable_until"),
        (Pin, "until"),
    ]
    search_position = 20

    def desk_notices(self, now: datetime) -> list[DeskNotice]:
        sources = (worker_notices, mail_notices, backup_notices, space_notices, error_notices)
        return [notice for source in sources for notice in source(now)]

    def find_records(self, words: list[str], limit: int) -> list[Any]:
        """Contributors whose name matches, then static pages with all of `words`; two queries."""
        names = [each for each in Contributor.objects.only("name", "slug") if _is_named(each, words)]
        pages = with_all_words(visible_static_pages(), words).only("title", "slug")
        return [*names[:limit], *pages[:limit]]


def _is_named(contributor: Contributor, words: list[str]) -> bool:
    """Whether every word is the beginning of a part of the contributor's name."""
    parts = folded(contributor.name).split()
    return all(any(part.startswith(word) for part in parts) for word in words)
