"""The declaration of the directory of links."""

from datetime import timedelta

from links import jobs
from links.feeds import LinkFeed
from links.models import Link
from magazine.search.records import with_all_words
from magazine.sections import EDITOR, EVERYTHING, Section, register


@register
class Links(Section):
    nav_label, nav_position = "Links", 100
    permissions = {EDITOR: {"category": EVERYTHING, "link": EVERYTHING}}
    record_feeds = [LinkFeed]
    background_jobs = {jobs.check_links: timedelta(minutes=10)}
    search_position = 40

    def find_records(self, words: list[str], limit: int) -> list[Link]:
        """Links of the directory; one query."""
        return list(with_all_words(Link.objects.listed(), words)[:limit])
