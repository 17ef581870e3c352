"""Marking: which answers are right, and how an answer is spelled on a page."""

from films.models import Film
from films.titles import is_same_title, title_key
from trivia.models import Answer, Question

Kind = Question.Kind
DELETED_OPTION = "an answer that is no longer there"


def mark_of(question: Question, submission: str) -> Answer.Mark:
    """
    Right or wrong, by the options of `question` as they stand now. `submission` is as `Answer` stores it.

    A ruling may have accepted an option that is not the key: that is right too, and never needed.
    """
    return Answer.Mark.RIGHT if submission and _is_right(question, submission) else Answer.Mark.WRONG


def in_words(question: Question, submission: str) -> list[str]:
    """An answer in words, as a list: what was chosen, typed, or put in order; [] for none."""
    if not submission:
        return []
    if question.kind == Kind.TYPED:
        return [submission]
    texts = {option.pk: option.text for option in question.options.all()}
    return [texts.get(pk, DELETED_OPTION) for pk in option_pks(submission)]


def right_answers(question: Question) -> list[str]:
    """What is right, in words, as a list: in order where the order was asked."""
    options = question.options.all()
    if question.kind == Kind.ORDER:
        return [option.text for option in options]
    if question.kind == Kind.TYPED:
        return [option.text for option in options][:1]
    return [option.text for option in options if option.is_right]


def option_pks(submission: str) -> list[int]:
    """The numbers of the options in a chosen or ordered answer."""
    return [int(pk) for pk in submission.split(",") if pk.isdigit()]


def _is_right(question: Question, submission: str) -> bool:
    options = list(question.options.all())
    if question.kind == Kind.TYPED:
        return _is_accepted_spelling(submission, [option.text for option in options])
    chosen = option_pks(submission)
    if question.kind == Kind.ORDER:
        return chosen == [option.pk for option in options]
    right = {option.pk for option in options if option.is_right}
    accepted = {option.pk for option in options if option.is_accepted}
    if question.kind == Kind.SEVERAL:
        return right <= set(chosen) <= right | accepted
    return set(chosen) <= right | accepted


def _is_accepted_spelling(typed: str, spellings: list[str]) -> bool:
    """Whether what was typed is one of the spellings, or another title of a film that one of them names."""
    if any(is_same_title(typed, spelling) for spelling in spellings):
        return True
    others = Film.objects.other_names([title_key(spelling) for spelling in spellings])
    return any(is_same_title(typed, name) for name in others)
