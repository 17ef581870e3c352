"""Trivia in the admin."""

from trivia.admin import facts, players, questions, quizzes, reel, rulings

__all__ = ["facts", "players", "questions", "quizzes", "reel", "rulings"]
