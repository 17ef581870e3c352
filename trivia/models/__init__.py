"""The room's records: facts, the question bank, the Daily Reel."""

from trivia.models.daily import CLUES, Clue, Play, Player, Puzzle
from trivia.models.facts import Fact
from trivia.models.questions import Option, Question, QuestionTag

__all__ = ["CLUES", "Clue", "Fact", "Option", "Play", "Player", "Puzzle", "Question", "QuestionTag"]
