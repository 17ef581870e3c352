"""Which passwords staff may have, beyond Django's own rules."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

# Words that whoever guesses a password of this site would try first.
CONTEXT_WORDS = "cinemaclips cinema clips movie film magazine password desk editor admin".split()
ENOUGH, ENOUGH_DIFFERENT = 8, 6  # characters that are left when these words and numbers are taken out


class ContextWordsValidator:
    """Refuses a password that is little more than words of this site or the user's own names."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise `ValidationError` if too few characters are its own, or too few of them differ."""
        rest = password.casefold()
        for word in sorted({*_context_words(), *_names(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        rest = re.sub(r"\d{3,}", "", rest)
        if len(rest) < ENOUGH or len(set(rest)) < ENOUGH_DIFFERENT:
            raise ValidationError(
                "Without numbers, the words of this site and your own names, too little is left of this "
                "password. Take three or four words that have nothing to do with either.",
                code="password_of_context",
            )

    def get_help_text(self) -> str:
        """What the form says before."""
        return "Words of this site and your own names do not count. Three or four other words are good."


def _context_words() -> Iterable[str]:
    parts = re.split(r"\W+", str(settings.SITE_HOST).casefold())
    return [*CONTEXT_WORDS, *(part for part in parts if len(part) > 3)]


def _names(user: AbstractBaseUser | None) -> Iterable[str]:
    names = [getattr(user, name, "") or "" for name in ("username", "first_name", "last_name", "email")]
    return [part for name in names for part in re.split(r"\W+", name.casefold()) if len(part) > 2]
