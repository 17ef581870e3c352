"""A sum with four operations, which a winner must solve in regions whose law requires a skill test."""

import re
import secrets

from contest.models import Award

MAX_FAILURES = 5


def ensure_sum(award: Award) -> None:
    """Give the award a sum if its region asks for one and it has none."""
    if award.entry.region and award.entry.region.skill_test and not award.skill_sum:
        _update(award, skill_sum=new_sum())


def check_answer(award: Award, answer: int) -> bool:
    """Check `answer`. Returns whether it is right; a wrong one is counted, and the award gets a new sum."""
    if answer == solve(award.skill_sum):
        return True
    _update(award, skill_sum=new_sum(), skill_failures=award.skill_failures + 1)
    return False


def new_sum() -> str:
    """A random sum of four operations whose result is a whole number of at least 0."""
    first, second, third = secrets.randbelow(11) + 2, secrets.randbelow(11) + 2, secrets.randbelow(90) + 10
    divisor = _divisor(first * second + third)
    subtrahend = secrets.randbelow(min(9, (first * second + third) // divisor)) + 1
    return f"({first} × {second} + {third}) ÷ {divisor} − {subtrahend}"


def solve(text: str) -> int:
    """The result of a sum that `new_sum` has made."""
    first, second, third, divisor, subtrahend = map(int, re.findall(r"\d+", text))
    return (first * second + third) // divisor - subtrahend


def _divisor(number: int) -> int:
    return next(divisor for divisor in (4, 3, 5, 2, 7, 1) if number % divisor == 0)


def _update(award: Award, **fields: str | int) -> None:
    Award.objects.filter(pk=award.pk).update(**fields)
    for name, value in fields.items():
        setattr(award, name, value)
