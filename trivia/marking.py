"""Marking: which answers are right, and how an answer is spelled on a page."""

from films.models import Film
from films.titles import is_same_title, title_key
from trivia.models import Answer, Question

Kind = Question.Kind
GONE = "an answer that is no longer there"


def mark_of(question, given):
    """
    Right or wrong, by the options of `question` as they stand now. `given` is as `Answer` holds it.

    A ruling may have accepted an option that is not the key: that is right too, and never needed.
    """
    return Answer.Mark.RIGHT if given and _is_right(question, given) else Answer.Mark.WRONG


def spelled(question, given):
    """An answer in words, as a list: what was chosen, typed, or put in order; [] for none."""
    if not given:
        return []
    if question.kind == Kind.TYPED:
        return [given]
    texts = {option.pk: option.text for option in question.options.all()}
    return [texts.get(pk, GONE) for pk in numbers(given)]


def key_of(question):
    """What is right, in words, as a list: in order where the order was asked."""
    options = question.options.all()
    if question.kind == Kind.ORDER:
        return [option.text for option in options]
    if question.kind == Kind.TYPED:
        return [option.text for option in options][:1]
    return [option.text for option in options if option.is_right]


def numbers(given):
    """The numbers of the options in a chosen or ordered answer."""
    return [int(number) for number in given.split(",") if number.isdigit()]


def _is_right(question, given):
    options = list(question.options.all())
    if question.kind == Kind.TYPED:
        return _is_spelled(given, [option.text for option in options])
    chosen = numbers(given)
    if question.kind == Kind.ORDER:
        return chosen == [option.pk for option in options]
    right = {option.pk for option in options if option.is_right}
    accepted = {option.pk for option in options if option.is_accepted}
    if question.kind == Kind.SEVERAL:
        return right <= set(chosen) <= right | accepted
    return set(chosen) <= right | accepted


def _is_spelled(typed, spellings):
    """Whether what was typed is one of the spellings, or another title of a film that one of them names."""
    if any(is_same_title(typed, spelling) for spelling in spellings):
        return True
    others = Film.objects.other_names([title_key(spelling) for spelling in spellings])
    return any(is_same_title(typed, name) for name in others)
