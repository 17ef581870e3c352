"""The room's records: facts, and the question bank."""

from trivia.models.facts import Fact
from trivia.models.questions import Option, Question, QuestionTag

__all__ = ["Fact", "Option", "Question", "QuestionTag"]
