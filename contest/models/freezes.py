"""The frozen list of a contest, and its manifest."""

import re

from django.db import models

from contest import verify
from contest.models.contests import Contest


class Freeze(models.Model):
    """The frozen list and the manifest that commits to it, byte for byte as published. Never changed."""

    contest = models.OneToOneField(Contest, on_delete=models.PROTECT, related_name="freeze")
    frozen_at = models.DateTimeField()
    numbers_at = models.DateTimeField(help_text="When the first of its public numbers is drawn.")
    manifest_text = models.TextField()
    entries_text = models.TextField()

    class Meta:
        verbose_name = "frozen list"

    def __str__(self) -> str:
        return f"{self.contest.draw_id}, frozen {self.frozen_at:%Y-%m-%d %H:%M}"

    @property
    def sha256(self) -> str:
        """The hash of the manifest (the fingerprint), which is mailed to every entrant."""
        return verify.sha(self.manifest_text)

    @property
    def ticket_count(self) -> int:
        """The number of tickets on the list."""
        return int(re.findall(r"(?m)^entries: (\d+)$", self.manifest_text)[0])

    @property
    def beacon_lines(self) -> list[tuple[str, str]]:
        """The (kind, name) of each line of the beacon, as the manifest lists them."""
        return re.findall(verify.SOURCE, self.manifest_text)
