"""The choices of a question on a page, in an order and with names that are different in every attempt."""

import hashlib
import hmac

from trivia.models import Option, Question


def shuffled_choices(secret: str, question: Question) -> list[tuple[str, Option]]:
    """
    Return (name on the page, option) for each choice of `question`.

    `secret` decides the order and the names: the same secret always gives the same list. "True" comes
    before "False" for every secret.
    """
    options = list(question.options.all())
    if question.kind == Question.Kind.TRUE_FALSE:
        options.sort(key=lambda option: option.text, reverse=True)
    else:
        options.sort(key=lambda option: pseudonym(secret, "order", option.pk))
    return [(pseudonym(secret, "name", option.pk)[:16], option) for option in options]


def pseudonym(secret: str, purpose: str, pk: int) -> str:
    """
    Return 64 hex digits that stand for the row `pk` on a page: an HMAC-SHA256 keyed with `secret`.

    Nobody who lacks the secret can tell which row is meant. Different purposes give different digits.
    """
    return hmac.new(secret.encode(), f"{purpose} {pk}".encode(), hashlib.sha256).hexdigest()
