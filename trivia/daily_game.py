"""Playing the Daily Reel: what a guess means, and what a finished game says."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from films.models import Film
from magazine.models import Article
from trivia.models import CLUES, Play, Puzzle, Ruling
from trivia.players import new_player
from trivia.streaks import calculate_streaks

if TYPE_CHECKING:
    from magazine.models import ArticleQuerySet
    from trivia.models import Player
    from trivia.streaks import Streaks

MATCHES_TRIED, ARTICLES_SHOWN = 5, 6  # films a guess may mean; pieces of ours that a finished game shows
STALE_PAGE = "This page was older than your game. Here it is as it stands; nothing was counted."
SHARE_SIGNS = {"right": "◆", "wrong": "□", "passed": "–"}


class Guess(NamedTuple):
    """One guess as a page prints it: the title, and "right", "wrong" or "passed"."""

    title: str
    mark: str

    @property
    def share_sign(self) -> str:
        return SHARE_SIGNS[self.mark]


def match_film(text: str, answer: Film) -> Film | None:
    """
    The film that a guess names, by the one title match; None if we know no such film.

    Where the words fit `answer` as well as the best match (a remake, the same title), they mean it.
    """
    found = Film.objects.matching(text, limit=MATCHES_TRIED)
    best = next(iter(found), None)
    fits = any(film == answer and film.title_key == best.title_key for film in found)
    return answer if fits else best


def guesses_of(play: Play) -> list[Guess]:
    """The guesses of a game, as the page prints them."""
    marks = [Guess(title or "Next clue", "wrong" if title else "passed") for title in play.guesses]
    if play.solved_on:
        marks[-1] = marks[-1]._replace(mark="right")
    return marks


def share_text(play: Play, streak: int) -> str:
    """What a player shares: a sentence that can be read aloud, a shape for each guess. No clue leaks."""
    ended = f"got it on clue {play.solved_on} of {CLUES}" if play.solved_on else f"not in {CLUES} clues"
    streak_text = f", streak {streak}" if play.on_time and streak > 1 else ""
    signs = " ".join(guess.share_sign for guess in guesses_of(play))
    result = f"cinemaCLIPS Daily Reel {play.puzzle.number}: {ended}{streak_text}."
    return "\n".join([result, signs, settings.SITE_URL + play.puzzle.get_absolute_url()])


class Game:
    """One player's game of one puzzle, as far as it has come; `player` and `puzzle` may be None."""

    def __init__(self, puzzle: Puzzle | None, player: "Player | None") -> None:
        self.puzzle, self.player = puzzle, player
        self.play = None
        if puzzle and player:
            self.play = Play.objects.filter(puzzle=puzzle, player=player).select_related("puzzle").first()

    def begin(self, request: HttpRequest) -> bool:
        """See that there is a player and a game; False where too many players come from one address."""
        self.player = self.player or new_player(request)
        if self.player and not self.play:
            on_time = self.puzzle.day == timezone.localdate()
            self.play, _ = Play.objects.get_or_create(
                puzzle=self.puzzle, player=self.player, defaults={"on_time": on_time}
            )
        return self.player is not None

    def guess(self, title: str, guesses_seen: int) -> str:
        """
        Take a guess ("" is the next clue alone); the sentence that says why not, or "".

        Only a film we know, and that has not been tried, counts.
        """
        if self.play.is_over:
            return ""
        if guesses_seen != self.play.guesses_made:
            return STALE_PAGE
        film = match_film(title, self.puzzle.film) if title else None
        if title and film is None:
            return f"We know no film called “{title}”. That cost nothing: try another spelling."
        film_title = str(film) if film else ""
        if film_title and film_title in self.play.guesses:
            return f"You have tried {film_title} already. That cost nothing."
        right, now = film == self.puzzle.film or self._is_accepted(film), timezone.now()
        return (
            ""
            if self.play.add_guess(film_title, right=right, guesses_seen=guesses_seen, now=now)
            else STALE_PAGE
        )

    def _is_accepted(self, film: Film | None) -> bool:
        """Whether a ruling has made `film` right too."""
        accepted = Ruling.objects.filter(puzzle=self.puzzle, verdict=Ruling.Verdict.ACCEPT)
        return film is not None and accepted.filter(film=film).exists()

    def page_context(self) -> dict[str, Any]:
        """What the page prints, and no more: neither a clue to come nor the answer before the end."""
        over = bool(self.play and self.play.is_over)
        guesses_made = self.play.guesses_made if self.play else 0
        clues = list(self.puzzle.clues.all()) if self.puzzle else []
        context = {
            "puzzle": self.puzzle,
            "player": self.player,
            "play": self.play,
            "over": over,
            "clues": clues if over else clues[: guesses_made + 1],
            "guesses_left": CLUES - guesses_made,
            "guesses": guesses_of(self.play) if self.play else [],
            "guesses_seen": guesses_made,
            "zone": timezone.localtime().tzname(),
        }
        return context | (self._final_context() if over else {})

    def _final_context(self) -> "dict[str, ArticleQuerySet | str | Streaks]":
        """What a finished game shows: the record, what to share, and our pieces on the film; two queries."""
        record = calculate_streaks(Puzzle.objects.results_of(self.player), timezone.localdate())
        pieces = Article.objects.published().about_film(self.puzzle.film).newest_first().for_cards()
        return {
            "record": record,
            "share_text": share_text(self.play, record.current),
            "pieces": pieces[:ARTICLES_SHOWN],
        }
