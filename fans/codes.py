"""Codes that people copy by hand: no character looks like another, and every spelling is accepted."""

from django.utils.crypto import get_random_string

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's letters and figures, five bits each
LOOKALIKES = str.maketrans("OIL", "011")


def random_code(length: int) -> str:
    """A new code of `length` characters, from the operating system's random source."""
    return get_random_string(length, ALPHABET)


def normalized(text: str) -> str:
    """The code in what somebody typed: upper case, lookalikes replaced, everything else dropped."""
    return "".join(character for character in text.upper().translate(LOOKALIKES) if character in ALPHABET)


def grouped(code: str, separator: str = " ") -> str:
    """A code as it is printed: groups of four characters with `separator` between them."""
    return separator.join(code[start : start + 4] for start in range(0, len(code), 4))
