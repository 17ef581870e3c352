"""Trivia's models: facts, the question bank, quizzes, the Daily Reel, and players."""

from trivia.models.attempts import Answer, Attempt
from trivia.models.daily import CLUES, Clue, Play, Puzzle
from trivia.models.facts import Fact
from trivia.models.flags import Flag
from trivia.models.held_words import HeldWord
from trivia.models.leaderboards import LeaderboardRow
from trivia.models.players import Player
from trivia.models.question_records import QuestionRecord
from trivia.models.questions import Option, Question, QuestionTag
from trivia.models.quizzes import Quiz, QuizQuestion
from trivia.models.rulings import Ruling

__all__ = [
    "CLUES",
    "Answer",
    "Attempt",
    "Clue",
    "Fact",
    "Flag",
    "HeldWord",
    "LeaderboardRow",
    "Option",
    "Play",
    "Player",
    "Puzzle",
    "Question",
    "QuestionRecord",
    "QuestionTag",
    "Quiz",
    "QuizQuestion",
    "Ruling",
]
