"""Marking: whether an answer is right, and how answers are written on a page."""

from films.models import Film
from films.titles import is_same_title, title_key
from trivia.models import Answer, Question

Kind = Question.Kind
DELETED_OPTION = "an answer that is no longer there"


def mark_of(question: Question, submission: str) -> Answer.Mark:
    """
    Mark `submission` (see `Answer.submission`) as right or wrong by the current options of `question`.

    An option that a ruling has accepted is right as well. Where several options must be chosen, it may
    be chosen or left out.
    """
    return Answer.Mark.RIGHT if submission and _is_right(question, submission) else Answer.Mark.WRONG


def in_words(question: Question, submission: str) -> list[str]:
    """The texts of a submission: what was chosen, typed, or put in order; [] for a question passed over."""
    if not submission:
        return []
    if question.kind == Kind.TYPED:
        return [submission]
    texts = {option.pk: option.text for option in question.options.all()}
    return [texts.get(pk, DELETED_OPTION) for pk in option_pks(submission)]


def right_answers(question: Question) -> list[str]:
    """The texts of the right answers; of a typed question, only the first spelling; of an order, all."""
    options = question.options.all()
    if question.kind == Kind.ORDER:
        return [option.text for option in options]
    if question.kind == Kind.TYPED:
        return [option.text for option in options][:1]
    return [option.text for option in options if option.is_right]


def option_pks(submission: str) -> list[int]:
    """The primary keys of the options in a chosen or ordered answer."""
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
    """Whether `typed` matches a spelling, or another title of a film that a spelling names."""
    if any(is_same_title(typed, spelling) for spelling in spellings):
        return True
    others = Film.objects.other_names([title_key(spelling) for spelling in spellings])
    return any(is_same_title(typed, name) for name in others)
