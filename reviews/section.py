"""The declaration of the section of reviews."""

from typing import Any

from django.urls import reverse

from films.models import Film
from magazine.models import Article
from magazine.page_blocks import FRONT, Block
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, Section, register
from reviews.models import Review

STRIP_LENGTH = 6


@register
class Reviews(Section):
    nav_label, nav_position = "Reviews", 10
    piece_model = Review
    heading, heading_position = "Reviews", 10
    permissions = {CONTRIBUTOR: {"review": WRITING}, EDITOR: {"review": EVERYTHING}}
    front_newest, may_lead = 12, True
    blocks = {
        FRONT: [
            Block(
                "reviews/partials/front_strip.html", "after the lead", 30, lambda page: page["strip_reviews"]
            ),
            Block("reviews/partials/front_more.html", "columns", 10, lambda page: page["more_reviews"]),
        ]
    }

    def arrange_front(self, pieces: list[Article]) -> dict[str, Any]:
        """The reviews for the strip of posters and those for the list after it; only reviews with a film."""
        with_film = [piece for piece in pieces if piece.film_id]
        return {"strip_reviews": with_film[:STRIP_LENGTH], "more_reviews": with_film[STRIP_LENGTH:]}

    def film_context(self, film: Film) -> dict[str, Any]:
        """The URL of the list that a genre of a film leads to."""
        return {"genre_list": reverse("reviews:list")}
