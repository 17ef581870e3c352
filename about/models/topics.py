"""The topics of letters from readers, each with the mailbox that letters on it go to."""

from django.db import models


class Topic(models.Model):
    """What a letter can be about, and the e-mail address that it is forwarded to."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    forward_to = models.EmailField("forward to", help_text="Where letters on this topic are sent.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
