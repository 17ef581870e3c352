"""The declaration of the section of readers' requests."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from films.models import Film, Person
from magazine.page_blocks import FILM, FRONT, PERSON, Block
from magazine.sections import (
    CONTRIBUTOR,
    EDITOR,
    EVERYTHING,
    VIEWING,
    CalendarLink,
    RecordSitemap,
    Section,
    register,
)
from reelrequests import jobs, personal_data
from reelrequests.feeds import RequestFeed
from reelrequests.models import ReelRequest, Round
from reelrequests.related_context import most_wanted_about

REQUESTS_SHOWN = 5
ABOUT_RECORD = [Block("reelrequests/partials/wanted.html", "aside", 10, lambda page: page["wanted"])]
EDITED = "reelrequest guess round candidate step trustedaddress".split()


@register
class ReelRequests(Section):
    nav_label, nav_position = "Reel Requests", 60
    url_prefix = "reel-requests/"
    permissions = {CONTRIBUTOR: {"reelrequest": VIEWING}, EDITOR: dict.fromkeys(EDITED, EVERYTHING)}
    record_feeds = [RequestFeed]
    calendars = [
        CalendarLink("What readers asked for, by the day it is planned", "reelrequests:planned_ics", 20)
    ]
    sitemap_views = ["reelrequests:ask"]
    record_sitemaps = [
        RecordSitemap(
            "requests",
            lambda: ReelRequest.objects.shown().for_rows().order_by("pk"),
            changed="status_changed_at",
            position=40,
        )
    ]
    background_jobs = {jobs.notify_requesters: timedelta(0), jobs.purge_votes: timedelta(days=1)}
    clock_boundaries = [(Round, "opens_at"), (Round, "closes_at")]
    personal_data = personal_data
    blocks = {
        FRONT: [Block("reelrequests/partials/front.html", "middle third", 20, lambda page: page["wanted"])],
        FILM: ABOUT_RECORD,
        PERSON: ABOUT_RECORD,
    }

    def front_context(self) -> dict[str, Any]:
        """The open requests that most readers want; one query."""
        most_wanted = ReelRequest.objects.shown().open().most_wanted()
        return {"wanted": list(most_wanted.for_rows()[:REQUESTS_SHOWN])}

    def film_context(self, film: Film) -> dict[str, Any]:
        return {"wanted": most_wanted_about(film)}

    def person_context(self, person: Person) -> dict[str, Any]:
        return {"wanted": most_wanted_about(person)}

    def search_offer(self, query: str) -> tuple[str, str]:
        url = reverse("reelrequests:ask", query={"title": query})
        return "Ask us to cover it, and hear when we do.", url
