"""Codes that a person copies by hand: no sign can be read as another, and every spelling is understood."""

from django.utils.crypto import get_random_string

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's letters and figures, five bits each
LOOKALIKES = str.maketrans("OIL", "011")


def random_code(length):
    """A new code of `length` signs, from the system's own source of chance."""
    return get_random_string(length, ALPHABET)


def normalized(text):
    """The code that somebody has typed, whatever stands between its signs and in whichever case."""
    return "".join(character for character in text.upper().translate(LOOKALIKES) if character in ALPHABET)


def grouped(code, separator=" "):
    """A code as it is printed: four signs, then a gap."""
    return separator.join(code[start : start + 4] for start in range(0, len(code), 4))
