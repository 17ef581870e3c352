"""Codes that a person copies by hand: no sign can be read as another, and every spelling is understood."""

from django.utils.crypto import get_random_string

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's letters and figures, five bits each
LIKE_OTHERS = str.maketrans("OIL", "011")


def drawn(length):
    """A new code of `length` signs, from the system's own source of chance."""
    return get_random_string(length, SIGNS)


def read(text):
    """The code that somebody has typed, whatever stands between its signs and in whichever case."""
    return "".join(sign for sign in text.upper().translate(LIKE_OTHERS) if sign in SIGNS)


def in_fours(code, between=" "):
    """A code as it is printed: four signs, then a gap."""
    return between.join(code[at : at + 4] for at in range(0, len(code), 4))
