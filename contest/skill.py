"""The sum that a winner must solve where the law wants skill beside chance: four steps, by hand."""

import re
import secrets

from contest.models import Award

TRIES = 5


def ask(award):
    """See that the award has a sum, where its region wants one; a new one after each wrong answer."""
    if award.entry.region and award.entry.region.skill_test and not award.sum_asked:
        _set(award, sum_asked=new_sum())


def is_right(award, answer):
    """Whether `answer` solves the sum; a wrong one is counted, and the next sum is another."""
    if answer == solve(award.sum_asked):
        return True
    _set(award, sum_asked=new_sum(), sum_tries=award.sum_tries + 1)
    return False


def new_sum():
    """Four operations with whole numbers, and a whole number at the end."""
    one, two, three = secrets.randbelow(11) + 2, secrets.randbelow(11) + 2, secrets.randbelow(90) + 10
    by = _divisor(one * two + three)
    less = secrets.randbelow(min(9, (one * two + three) // by)) + 1
    return f"({one} × {two} + {three}) ÷ {by} − {less}"


def solve(text):
    """What a sum of `new_sum` comes to."""
    one, two, three, by, less = map(int, re.findall(r"\d+", text))
    return (one * two + three) // by - less


def _divisor(number):
    return next(by for by in (4, 3, 5, 2, 7, 1) if number % by == 0)


def _set(award, **fields):
    Award.objects.filter(pk=award.pk).update(**fields)
    for name, value in fields.items():
        setattr(award, name, value)
