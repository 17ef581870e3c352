"""Codes that people copy by hand, from characters that cannot be confused. Case and spaces do not matter."""

from django.utils.crypto import get_random_string

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32, five bits per character
LOOKALIKES = str.maketrans("OIL", "011")


def random_code(length: int) -> str:
    """A new code of `length` characters, from the operating system's random source."""
    return get_random_string(length, ALPHABET)


def normalized(text: str) -> str:
    """What somebody typed as a code: in upper case, lookalikes replaced, other characters removed."""
    return "".join(character for character in text.upper().translate(LOOKALIKES) if character in ALPHABET)


def grouped(code: str, separator: str = " ") -> str:
    """A code as it is printed: groups of four characters with `separator` between them."""
    return separator.join(code[start : start + 4] for start in range(0, len(code), 4))
