"""The official rules, version by version."""

import hashlib
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from contest.models.contests import Contest


class RulesQuerySet(models.QuerySet["Rules"]):
    def get_or_create_version(self, contest: "Contest", text: str, summary: str) -> "Rules":
        """The last version of the rules if it has this text and summary, else a new version."""
        last = self.filter(contest=contest).order_by("-version").first()
        if last and (last.text, last.summary) == (text, summary):
            return last
        version = last.version + 1 if last else 1
        return self.create(contest=contest, version=version, text=text, summary=summary)


class Rules(models.Model):
    """One version of the official rules. It is never changed; a change makes the next version."""

    contest = models.ForeignKey("contest.Contest", on_delete=models.CASCADE, related_name="rules")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    summary = models.TextField(help_text="The same in plain words.")
    created_at = models.DateTimeField(default=timezone.now)

    objects = RulesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "rules"
        constraints = [models.UniqueConstraint(fields=["contest", "version"], name="rules_version_once")]

    def __str__(self) -> str:
        return f"{self.contest}, version {self.version}"

    @property
    def sha256(self) -> str:
        """The hash by which manifest and audit log name this version."""
        return hashlib.sha256(self.text.encode()).hexdigest()
