"""The declaration of the section "about"."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch

from about import personal_data
from about.letter_forwarding import forward_letters
from about.models import Airing, Episode
from magazine.page_blocks import FRONT, Block
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, CalendarLink, Section, register

EDITED = "episode segment channel airing topic letter".split()


@register
class About(Section):
    nav_label, nav_position, nav_view = "About", 120, "index"
    piece_model = Episode
    heading, heading_position = "On the show", 80
    permissions = {
        CONTRIBUTOR: {"episode": WRITING, "segment": EVERYTHING},
        EDITOR: dict.fromkeys(EDITED, EVERYTHING),
    }
    calendars = [CalendarLink("Air times of the show", "about:airings_ics", 10)]
    sitemap_views = ["about:show", "about:staff", "about:corrections", "about:contact"]
    background_jobs = {forward_letters: timedelta(0)}
    clock_boundaries = [(Airing, "starts_at"), (Airing, "ends_at")]
    personal_data = personal_data
    front_newest = 0
    blocks = {FRONT: [Block("about/partials/front.html", "last third", 10, lambda page: page["airing"])]}

    def feed_prefetches(self) -> list[str | Prefetch]:
        return ["episode__segments"]

    def front_context(self) -> dict[str, Any]:
        """The next airing of the show; one query."""
        return {"airing": Airing.objects.upcoming().first()}
