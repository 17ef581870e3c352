"""The sum that a winner must solve where the law wants skill beside chance: four steps, by hand."""

import re
import secrets
from typing import Any

from contest.models import Award

MAX_FAILURES = 5


def ensure_sum(award: Award) -> None:
    """See that the award has a sum, where its region wants one; a new one after each wrong answer."""
    if award.entry.region and award.entry.region.skill_test and not award.skill_sum:
        _update(award, skill_sum=new_sum())


def check_answer(award: Award, answer: int) -> bool:
    """Whether `answer` solves the sum; a wrong one is counted, and the next sum is another."""
    if answer == solve(award.skill_sum):
        return True
    _update(award, skill_sum=new_sum(), skill_failures=award.skill_failures + 1)
    return False


def new_sum() -> str:
    """Four operations with whole numbers, and a whole number at the end."""
    first, second, third = secrets.randbelow(11) + 2, secrets.randbelow(11) + 2, secrets.randbelow(90) + 10
    divisor = _divisor(first * second + third)
    subtrahend = secrets.randbelow(min(9, (first * second + third) // divisor)) + 1
    return f"({first} × {second} + {third}) ÷ {divisor} − {subtrahend}"


def solve(text: str) -> int:
    """What a sum of `new_sum` comes to."""
    first, second, third, divisor, subtrahend = map(int, re.findall(r"\d+", text))
    return (first * second + third) // divisor - subtrahend


def _divisor(number: int) -> int:
    return next(divisor for divisor in (4, 3, 5, 2, 7, 1) if number % divisor == 0)


def _update(award: Award, **fields: Any) -> None:
    Award.objects.filter(pk=award.pk).update(**fields)
    for name, value in fields.items():
        setattr(award, name, value)
