"""Fills the list of words from which search suggests other spellings."""

from magazine.models import Article, Word


def learn_words() -> None:
    """Add the words of every piece's search text."""
    for text in Article.objects.values_list("search_text", flat=True):
        Word.objects.add_from(text)
