"""The current cache generation, the rows that the demo created, the worker, and what went wrong."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


class CacheGeneration(models.Model):
    """One row that triggers write (`cache_generation`): the current cache generation, and the withdrawals."""

    affects_pages = False

    generation = models.BigIntegerField(default=1)
    # How often something was taken from readers: saved pages from before may not be shown any more.
    withdrawals = models.BigIntegerField(default=0)
    # PostgreSQL only: the ID of the last transaction that was counted, so that each is counted once.
    transaction_id = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="cache_generation_one_row")]

    def __str__(self) -> str:
        return str(self.generation)


class DemoRow(models.Model):
    """One row that the demo magazine created."""

    affects_pages = False

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="demo_row_once")]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"


class WorkerStateQuerySet(models.QuerySet["WorkerState"]):
    def record(self, now: datetime) -> None:
        """Record that a worker is alive."""
        self.update_or_create(pk=1, defaults={"seen_at": now})

    def expect(self, now: datetime) -> None:
        """Expect a worker from now on, if none was ever seen."""
        self.get_or_create(pk=1, defaults={"seen_at": now})

    def absent_since(self, now: datetime) -> datetime | None:
        """When a worker was last seen, if that is too long ago. None also before `manage.py setup`."""
        seen = self.filter(pk=1, seen_at__lte=now - WorkerState.ABSENT_AFTER).first()
        return seen.seen_at if seen else None


class WorkerState(models.Model):
    """When a worker was last seen, in one row that all workers write once a minute."""

    affects_pages = False
    ABSENT_AFTER = timedelta(minutes=15)
    UNCHANGED = models.F("seen_at")

    seen_at = models.DateTimeField()

    objects = WorkerStateQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="worker_state_one_row")]

    def __str__(self) -> str:
        return f"seen {self.seen_at:%Y-%m-%d %H:%M}"


class FailingJobQuerySet(models.QuerySet["FailingJob"]):
    def record(self, name: str, error: Exception, now: datetime) -> None:
        """Record that the job has failed; `failing_since` is the first failure since it last succeeded."""
        kind = type(error).__name__
        self.update_or_create(
            name=name,
            defaults={"error": kind},
            create_defaults={"failing_since": now, "error": kind},
        )

    def end(self, name: str) -> None:
        """Record that the job has succeeded."""
        failing = self.filter(name=name)
        if failing.exists():  # the rule is that nothing fails, and a DELETE would take the write lock
            failing.delete()


class FailingJob(models.Model):
    """A background job whose last run ended with an exception. What it says is in the log."""

    affects_pages = False

    name = models.CharField(max_length=200, unique=True)
    error = models.CharField(max_length=200, help_text="The class of the exception.")
    failing_since = models.DateTimeField()

    objects = FailingJobQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ErrorGroupQuerySet(models.QuerySet["ErrorGroup"]):
    def add(self, title: str, at: datetime, sample: str) -> None:
        """Count one error of this kind. The sample is that of the first one."""
        group, is_new = self.get_or_create(
            title=title, defaults={"first_seen_at": at, "last_seen_at": at, "sample": sample}
        )
        if not is_new:
            last_seen_at = max(at, group.last_seen_at)
            self.filter(pk=group.pk).update(count=models.F("count") + 1, last_seen_at=last_seen_at)

    def due_for_mail(self, now: datetime) -> Self:
        """Kinds of errors that were never mailed, or that came again and were not mailed for a day."""
        came_again = Q(mailed_at__lte=now - timedelta(days=1), mailed_at__lt=models.F("last_seen_at"))
        return self.filter(Q(mailed_at__isnull=True) | came_again).order_by("first_seen_at")

    def was_mailed_since(self, since: datetime) -> bool:
        """Whether a mail about any kind of error was enqueued after `since`."""
        return self.filter(mailed_at__gt=since).exists()


class ErrorGroup(models.Model):
    """All errors of one kind: the same exception from the same place (`cinemaclips.error_reports`)."""

    affects_pages = False

    title = models.CharField(max_length=300, unique=True)
    count = models.PositiveIntegerField(default=1)
    first_seen_at = models.DateTimeField("first seen")
    last_seen_at = models.DateTimeField("last seen")
    sample = models.TextField("the first one")
    mailed_at = models.DateTimeField("last mailed", null=True)

    objects = ErrorGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return self.title
