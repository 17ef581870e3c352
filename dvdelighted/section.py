"""The declaration of the section of disc reviews."""

from typing import Any

from dvdelighted.models import DiscReview
from films.models import Film
from magazine.page_blocks import FILM, FRONT, Block
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, CalendarLink, Section, register


@register
class DVDelighted(Section):
    nav_label, nav_position = "DVDelighted", 40
    piece_model = DiscReview
    heading, heading_position = "Discs", 20
    permissions = {CONTRIBUTOR: {"discreview": WRITING}, EDITOR: {"discreview": EVERYTHING}}
    calendars = [CalendarLink("Street dates of discs", "dvdelighted:calendar_ics", 30)]
    sitemap_views = ["dvdelighted:calendar"]
    front_newest, may_lead = 4, True
    blocks = {
        FRONT: [Block("dvdelighted/partials/front.html", "first third", 10)],
        FILM: [
            Block("dvdelighted/partials/releases.html", "end of aside", 10, lambda page: page["releases"])
        ],
    }

    def film_context(self, film: Film) -> dict[str, Any]:
        return {"releases": film.releases.all()}
