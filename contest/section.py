"""The declaration of the section of contests."""

from datetime import timedelta
from typing import Any

from django.urls import URLPattern, path
from django.utils import timezone

from contest import jobs, personal_data, triggers  # noqa: F401 - triggers register themselves
from contest.feeds import DrawFeed
from contest.models import Contest
from magazine.page_blocks import FRONT, Block
from magazine.sections import CONTEST_MANAGER, EDITOR, EVERYTHING, VIEWING, Section, register

MANAGED = "contest prize source filing amendment region threshold exclusion entry".split()


@register
class Contests(Section):
    nav_label, nav_position = "Contest", 50
    piece_model = Contest
    heading, heading_position = "Contests", 50
    # Only contest managers see who has entered and won.
    permissions = {EDITOR: {"contest": VIEWING}, CONTEST_MANAGER: dict.fromkeys(MANAGED, EVERYTHING)}
    extra_permissions = {CONTEST_MANAGER: ["draw_contest", "see_entrants"]}
    record_feeds = [DrawFeed]
    background_jobs = {jobs.run_contests: timedelta(minutes=1)}
    clock_boundaries = [(Contest, "opens_at"), (Contest, "closes_at")]
    personal_data = personal_data
    front_newest = 0
    blocks = {
        FRONT: [Block("contest/partials/front.html", "after the lead", 10, lambda page: page["contest"])]
    }

    def root_urls(self) -> list[URLPattern]:
        """The short URL for the TV show, outside the section's own path."""
        from contest.views.show import win  # noqa: PLC0415 - views need all sections declared

        return [path("win/", win, name="win")]

    def front_context(self) -> dict[str, Any]:
        """The contest that is open; one query."""
        return {"contest": Contest.objects.open_at(timezone.now()).first()}
