"""The desk says that the worker is absent, and that a job fails."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cinemaclips import background_jobs
from cinemaclips.models import FailingJob, WorkerState
from cinemaclips.worker_notices import job_name, worker_notices
from tests.factories import make_staff


@pytest.mark.parametrize(("minutes", "headings"), [(14, []), (15, ["The worker is absent"])])
def test_a_worker_is_absent_after_a_quarter_of_an_hour(db, minutes, headings):
    now = timezone.now()
    WorkerState.objects.record(now - timedelta(minutes=minutes))
    assert [notice.heading for notice in worker_notices(now)] == headings


def test_the_worker_records_that_it_is_alive(db):
    WorkerState.objects.record(timezone.now() - timedelta(days=1))
    call_command("work", once=True)
    assert not worker_notices(timezone.now())
    assert str(WorkerState.objects.get()).startswith("seen 2")


def test_a_worker_that_never_came_is_missed_from_the_setup_on(db):
    now = timezone.now()
    WorkerState.objects.expect(now)
    WorkerState.objects.expect(now + timedelta(hours=1))
    assert WorkerState.objects.absent_since(now + timedelta(hours=1)) == now


def test_the_desk_names_the_job_that_fails_and_forgets_jobs_that_are_no_more(db, client):
    now = timezone.now()
    FailingJob.objects.record(job_name(background_jobs.purge_fans), ValueError("a secret"), now)
    FailingJob.objects.record("shop.jobs.sell", ValueError(), now)
    client.force_login(make_staff("administrator"))
    page = client.get("/desk/").content.decode()

    assert "cinemaclips.background_jobs.purge_fans ends with ValueError" in page
    assert "shop.jobs" not in page and "a secret" not in page
    assert str(FailingJob.objects.first()) == job_name(background_jobs.purge_fans)
