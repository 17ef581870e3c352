"""Reads settings from environment variables. A bad value ends the program with a sentence."""

import os


def whole_number(name: str, default: int) -> int:
    """The value of the variable `name` as a number from 1 on. Raises `SystemExit` if it is none."""
    text = os.environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SystemExit(f"{name} must be a whole number from 1 on, as in {name}={default}; it is {text!r}.")
    return int(text)
