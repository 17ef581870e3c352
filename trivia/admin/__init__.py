"""Trivia in the admin."""

from trivia.admin import facts, held_words, players, questions, quizzes, reel, rulings

__all__ = ["facts", "held_words", "players", "questions", "quizzes", "reel", "rulings"]
