"""How a critic saw the film or disc; every review prints it with the rating."""

from django.db import models


class DisclosureMixin(models.Model):
    """A piece that must say how its author saw the film or the disc."""

    class HowSeen(models.TextChoices):
        TICKET = "ticket", "at a public screening, ticket bought"
        PRESS = "press", "at a press screening"
        SCREENER = "screener", "on a screener from the distributor"
        FREE_DISC = "free_disc", "on a disc the distributor sent"
        OWN_DISC = "own_disc", "on a disc of our own"
        BORROWED = "borrowed", "on a borrowed disc"
        STREAM = "stream", "on a streaming service we pay for"
        FESTIVAL = "festival", "at a festival, with press accreditation"
        OTHER = "other", "in another way"

    how_seen = models.CharField(
        "how we saw it",
        max_length=10,
        choices=HowSeen,
        blank=True,
        help_text="Printed beside the rating. Needed before the review can be published.",
    )
    how_seen_note = models.CharField(
        max_length=200, blank=True, help_text="More to disclose: a sponsor, a friend in the cast."
    )

    class Meta:
        abstract = True

    @property
    def disclosure(self) -> str:
        """How the film was seen, as a sentence."""
        note = f" {self.how_seen_note}" if self.how_seen_note else ""
        return f"Seen {self.get_how_seen_display()}.{note}" if self.how_seen else note.strip()
