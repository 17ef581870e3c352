"""The declaration of the section of picks."""

from typing import Any

from django.db.models import Prefetch

from magazine.page_blocks import FRONT, Block
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, Section, register
from picks.models import Pick, PickList, WeeklyPick

PARTS = dict.fromkeys(["pick", "ballot", "choice"], EVERYTHING)


@register
class Picks(Section):
    nav_label, nav_position = "Picks", 90
    piece_model = PickList
    heading, heading_position = "Picked", 60
    permissions = {
        CONTRIBUTOR: {"picklist": WRITING, **PARTS},
        EDITOR: {"picklist": EVERYTHING, "weeklypick": EVERYTHING, **PARTS},
    }
    sitemap_views = ["picks:weekly"]
    front_newest = 2
    blocks = {
        FRONT: [
            Block(
                "picks/partials/front.html",
                "middle third",
                10,
                lambda page: page["pieces"] or page["weekly"],
            )
        ]
    }

    def feed_prefetches(self) -> list[str | Prefetch]:
        return [Prefetch("picklist__picks", Pick.objects.in_order())]

    def front_context(self) -> dict[str, Any]:
        """The pick of this week; one query."""
        return {"weekly": WeeklyPick.objects.current()}
