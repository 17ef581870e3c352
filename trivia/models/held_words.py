"""Words that keep a nickname from being shown."""

from django.db import models


class HeldWord(models.Model):
    """
    A word that keeps a nickname from being shown until staff have reviewed it.

    Only whole words are compared: "Scunthorpe" is not held for the letters inside it.
    """

    word = models.CharField(max_length=40, unique=True)

    affects_pages = False

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
