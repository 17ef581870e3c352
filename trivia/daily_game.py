"""Playing the Daily Reel: matches guesses to films, and collects what the pages of a game show."""

from typing import Any, NamedTuple, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from films.models import Film
from magazine.models import Article
from trivia.models import CLUES, Play, Player, Puzzle, Ruling
from trivia.players import new_player
from trivia.streaks import calculate_streaks

MATCHES_TRIED, ARTICLES_SHOWN = 5, 6  # films compared with a guess; pieces listed after the game
STALE_PAGE = "This page was older than your game. Here it is as it stands; nothing was counted."
SHARE_SIGNS = {"right": "◆", "wrong": "□", "passed": "–"}


class Guess(NamedTuple):
    """One guess as a page shows it: the title, and "right", "wrong" or "passed"."""

    title: str
    mark: str

    @property
    def share_sign(self) -> str:
        return SHARE_SIGNS[self.mark]


def match_film(text: str, answer: Film) -> Film | None:
    """
    The film that a guess names, by the best match of its titles; None if we know no such film.

    If `answer` has the same title as the best match (a remake, for example), the guess names `answer`.
    """
    found = Film.objects.matching(text, limit=MATCHES_TRIED)
    best = next(iter(found), None)
    fits = best and any(film == answer and film.title_key == best.title_key for film in found)
    return answer if fits else best


def guesses_of(play: Play) -> list[Guess]:
    """The guesses of a game in order, as the page shows them."""
    marks = [Guess(title or "Next clue", "wrong" if title else "passed") for title in play.guesses]
    if play.solved_on:
        marks[-1] = marks[-1]._replace(mark="right")
    return marks


def share_text(play: Play, streak: int) -> str:
    """The text that a player may share: a sentence, a sign for each guess, the URL. It reveals no clue."""
    ended = f"got it on clue {play.solved_on} of {CLUES}" if play.solved_on else f"not in {CLUES} clues"
    streak_text = f", streak {streak}" if play.on_time and streak > 1 else ""
    signs = " ".join(guess.share_sign for guess in guesses_of(play))
    result = f"cinemaCLIPS Daily Reel {play.puzzle.number}: {ended}{streak_text}."
    return "\n".join([result, signs, settings.SITE_URL + play.puzzle.get_absolute_url()])


class Game:
    """
    One player's game of one puzzle.

    `puzzle` is None while no film has enough clues; `player` and `play` are None before the first guess.
    """

    def __init__(self, puzzle: Puzzle | None, player: Player | None) -> None:
        self.puzzle, self.player = puzzle, player
        self.play: Play | None = None
        if puzzle and player:
            self.play = Play.objects.filter(puzzle=puzzle, player=player).select_related("puzzle").first()

    def begin(self, request: HttpRequest) -> bool:
        """
        Create the player and the play if they do not exist yet. Call it before `guess`.

        Returns False, and creates nothing, if too many new players come from one network.
        """
        self.player = self.player or new_player(request)
        if self.player and not self.play:
            puzzle = cast(Puzzle, self.puzzle)
            on_time = puzzle.day == timezone.localdate()
            self.play, _ = Play.objects.get_or_create(
                puzzle=puzzle, player=self.player, defaults={"on_time": on_time}
            )
        return self.player is not None

    def guess(self, title: str, guesses_seen: int) -> str:
        """
        Count a guess; "" takes the next clue without a guess. Returns "" or why it does not count.

        A guess counts if it names a film that we know and that the player has not tried before.
        """
        puzzle, play = cast(Puzzle, self.puzzle), cast(Play, self.play)
        if play.is_over:
            return ""
        if guesses_seen != play.guesses_made:
            return STALE_PAGE
        film = match_film(title, puzzle.film) if title else None
        if title and film is None:
            return f"We know no film called “{title}”. That cost nothing: try another spelling."
        film_title = str(film) if film else ""
        if film_title and film_title in play.guesses:
            return f"You have tried {film_title} already. That cost nothing."
        right, now = film == puzzle.film or self._is_accepted(film), timezone.now()
        added = play.add_guess(film_title, right=right, guesses_seen=guesses_seen, now=now)
        return "" if added else STALE_PAGE

    def _is_accepted(self, film: Film | None) -> bool:
        """Whether a ruling accepts `film` as a right answer to this puzzle."""
        accepted = Ruling.objects.filter(puzzle=self.puzzle, verdict=Ruling.Verdict.ACCEPT)
        return film is not None and accepted.filter(film=film).exists()

    def page_context(self) -> dict[str, Any]:
        """
        Context for `trivia/reel.html`.

        Before the end of the game it contains neither the clues to come nor the answer.
        """
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

    def _final_context(self) -> dict[str, Any]:
        """Context for a finished game: streaks, the text to share, our pieces on the film; two queries."""
        puzzle, play, player = cast(Puzzle, self.puzzle), cast(Play, self.play), cast(Player, self.player)
        record = calculate_streaks(Puzzle.objects.results_of(player), timezone.localdate())
        pieces = Article.objects.published().about_film(puzzle.film).newest_first().for_cards()
        return {
            "record": record,
            "share_text": share_text(play, record.current),
            "pieces": pieces[:ARTICLES_SHOWN],
        }
