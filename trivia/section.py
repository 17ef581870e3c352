"""The declaration of the section of trivia."""

from datetime import timedelta
from typing import Any

from films.models import Film, Person
from magazine.models import Article
from magazine.page_blocks import FILM, FRONT, PERSON, RATED_PIECE, Block
from magazine.search.records import with_all_words
from magazine.sections import (
    CONTEST_MANAGER,
    CONTRIBUTOR,
    EDITOR,
    EVERYTHING,
    VIEWING,
    WRITING,
    Section,
    register,
)
from trivia import jobs
from trivia.feeds import FactFeed
from trivia.models import Fact, Puzzle, Quiz
from trivia.related_context import facts_context, questions_link, trivia_context

EDITED = "quiz quizquestion fact question option puzzle clue ruling flag player heldword".split()


@register
class Trivia(Section):
    nav_label, nav_position = "Trivia", 30
    piece_model = Quiz
    heading, heading_position = "Quizzes", 40
    permissions = {
        CONTRIBUTOR: {"quiz": WRITING, "quizquestion": EVERYTHING, "question": VIEWING},
        EDITOR: dict.fromkeys(EDITED, EVERYTHING),
        CONTEST_MANAGER: {"quiz": VIEWING},
    }
    record_feeds = [FactFeed]
    sitemap_views = [
        *("trivia:quizzes", "trivia:leaderboards", "trivia:rulings", "trivia:sources"),
        *("trivia:today", "trivia:archive"),
    ]
    background_jobs = {
        jobs.prepare_puzzles: timedelta(hours=1),
        jobs.update_statistics: timedelta(minutes=2),
        jobs.purge_players: timedelta(days=1),
    }
    front_newest = 1
    blocks = {
        FRONT: [Block("trivia/partials/front.html", "after the lead", 20, lambda page: page["puzzle"])],
        FILM: [Block("trivia/partials/facts.html", "main", 10, lambda page: page["facts"])],
        PERSON: [Block("trivia/partials/facts.html", "main", 10, lambda page: page["facts"])],
        RATED_PIECE: [
            Block("trivia/partials/facts.html", "text", 10, lambda page: page.get("facts")),
            Block(
                "trivia/partials/article_questions.html",
                "text",
                20,
                lambda page: page.get("film_questions"),
            ),
        ],
    }
    search_position = 10

    def front_context(self) -> dict[str, Any]:
        """Today's puzzle; one query."""
        return {"puzzle": Puzzle.objects.today()}

    def film_context(self, film: Film) -> dict[str, Any]:
        return facts_context(film)

    def person_context(self, person: Person) -> dict[str, Any]:
        return facts_context(person)

    def related_context(self, piece: Article) -> dict[str, Any]:
        return trivia_context(piece)

    def film_link(self, film: Film) -> tuple[str, str] | None:
        return questions_link(film)

    def find_records(self, words: list[str], limit: int) -> list[Fact]:
        """Facts without spoilers, newest first; one query."""
        facts = Fact.objects.published().without_spoilers().newest_first().with_subjects()
        return list(with_all_words(facts, words)[:limit])
