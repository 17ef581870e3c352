"""Links of mails whose button was pressed."""

from django.db import models


class UsedLink(models.Model):
    """A mailed link that has done its work; kept until the link would have ended anyway."""

    affects_pages = False

    digest = models.CharField(max_length=64, unique=True, help_text="The SHA-256 of its token.")
    used_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["used_at"], name="used_link_by_time")]

    def __str__(self) -> str:
        return f"{self.digest[:12]}, used {self.used_at:%Y-%m-%d %H:%M}"
