"""Registrations of contests with authorities, where the law of a region asks for that."""

from django.db import models


class Filing(models.Model):
    """The number under which a contest is registered with an authority, if a threshold requires that."""

    contest = models.ForeignKey("contest.Contest", on_delete=models.CASCADE, related_name="filings")
    threshold = models.ForeignKey("contest.Threshold", on_delete=models.PROTECT, related_name="filings")
    number = models.CharField(max_length=60)
    filed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "threshold"], name="filing_once",
                violation_error_message="This filing is there already.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.threshold}: {self.number}"
