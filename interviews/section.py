"""The declaration of the section of interviews."""

from typing import Any

from django.db.models import Prefetch

from interviews.models import Interview, Turn
from magazine.page_blocks import FRONT, Block
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, Section, register

QUOTES_TRIED = 5


@register
class Interviews(Section):
    nav_label, nav_position = "Interviews", 20
    piece_model = Interview
    heading, heading_position = "Interviews", 30
    permissions = {
        CONTRIBUTOR: {"interview": WRITING, "speaker": EVERYTHING, "turn": EVERYTHING},
        EDITOR: {"interview": EVERYTHING, "speaker": EVERYTHING, "turn": EVERYTHING},
    }
    front_newest, may_lead = 3, True
    blocks = {
        FRONT: [
            Block("interviews/partials/front_quote.html", "beside the lead", 10, lambda page: page["quote"]),
            Block("interviews/partials/front.html", "columns", 20),
        ]
    }

    def feed_prefetches(self) -> list[str | Prefetch]:
        return [Prefetch("interview__turns", Turn.objects.for_page())]

    def front_context(self) -> dict[str, Any]:
        """The newest pull quote with its interview; one query."""
        # A correction can shorten an answer so that its pull quote is empty. Then the next one is shown.
        quote = next((turn for turn in Turn.objects.pull_quotes()[:QUOTES_TRIED] if turn.pull_quote), None)
        return {"quote": quote, "interview": quote.interview if quote else None}
