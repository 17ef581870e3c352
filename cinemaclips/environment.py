"""Reads settings from environment variables. A bad value ends the program with a sentence."""

import os

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def whole_number(name: str, default: int) -> int:
    """The value of the variable `name` as a number from 1 on. Raises `SystemExit` if it is none."""
    text = os.environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SystemExit(f"{name} must be a whole number from 1 on, as in {name}={default}; it is {text!r}.")
    return int(text)


def one_of(name: str, choices: list[str], default: str) -> str:
    """The value of the variable `name`, which must be one of `choices`. Raises `SystemExit` otherwise."""
    value = os.environ.get(name, default)
    if value not in choices:
        raise SystemExit(f"{name} must be one of {', '.join(choices)}; it is {value!r}.")
    return value


def addresses(name: str) -> list[str]:
    """The e-mail addresses in the variable `name`, divided by commas. Raises `SystemExit` if one is none."""
    found = [each.strip() for each in os.environ.get(name, "").split(",") if each.strip()]
    for each in found:
        try:
            validate_email(each)
        except ValidationError:
            raise SystemExit(
                f"{name} must be e-mail addresses divided by commas; {each!r} is none."
            ) from None
    return found
