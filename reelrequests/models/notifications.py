"""The record of who was notified of a piece."""

from django.db import models

from magazine.models import Article


class Notification(models.Model):
    """A record that the owner of a vote was mailed about a piece. It lasts as long as the vote."""

    affects_pages = False

    vote = models.ForeignKey("reelrequests.Vote", on_delete=models.CASCADE, related_name="notifications")
    piece = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["piece", "vote"], name="notification_once_per_piece")]

    def __str__(self) -> str:
        return f"{self.vote}: {self.piece}"
