"""What monitors are told: that the process answers, whether the site can do its work, and its metrics."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone

from cinemaclips import gunicorn_settings, readiness
from cinemaclips.metrics import KNOWN_METHODS
from cinemaclips.models import FailingJob, WorkerState
from fans.models import Mail
from tests.factories import make_staff

TOKEN = {"authorization": "Bearer a-long-token"}


@pytest.fixture(autouse=True)
def no_recent_result(monkeypatch, settings):
    monkeypatch.setattr(readiness.recent_readiness, "result", None)
    settings.MONITORING_TOKEN = "a-long-token"


def ask(path="/readyz", client=None, **headers):
    response = (client or Client()).get(path, headers=headers)
    return response.status_code, json.loads(response.content)


def test_health_needs_neither_database_nor_host_nor_https(settings, django_db_blocker):
    settings.SECURE_SSL_REDIRECT = True
    with django_db_blocker.block():
        response = Client().get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Client().post("/healthz").status_code == 405


def test_a_site_that_works_is_ready(db):
    WorkerState.objects.record(timezone.now())
    assert ask() == (200, {"status": "ready"})
    assert ask(**TOKEN) == (200, {"status": "ready", "problems": [], "notices": []})


def test_what_needs_the_owner_degrades_it_and_only_those_who_may_know_see_what(db):
    WorkerState.objects.record(timezone.now() - timedelta(days=1))
    assert ask() == (200, {"status": "degraded"})
    assert (
        ask(authorization="Bearer wrong") == ask(cookie="sessionid=forged") == (200, {"status": "degraded"})
    )
    staff = Client()
    staff.force_login(make_staff())
    for status, content in (ask(client=staff), ask(**TOKEN)):
        assert status == 200 and content["notices"][0]["heading"] == "The worker is absent"


def test_nobody_has_the_token_of_a_site_without_one(db, settings):
    settings.MONITORING_TOKEN = ""
    assert ask(authorization="Bearer ") == (200, {"status": "ready"})
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_a_database_that_cannot_be_written_makes_it_not_ready(db, monkeypatch):
    def fails():
        raise OperationalError("attempt to write a readonly database: anna@example.org")

    monkeypatch.setattr(readiness, "_write_and_roll_back", fails)
    status, content = ask(**TOKEN)
    assert status == 503 and content["status"] == "not ready"
    assert content["problems"] == ["The database cannot be written (OperationalError)."]
    assert ask() == (503, {"status": "not ready"})


def test_details_are_kept_back_while_the_session_cannot_be_read(db, monkeypatch):
    staff = Client()
    staff.force_login(make_staff())

    def fails(request):
        raise OperationalError("no database")

    monkeypatch.setattr("cinemaclips.probes.get_user", fails)
    assert "problems" not in ask(client=staff)[1]


def test_the_check_writes_nothing(db):
    seen = timezone.now() - timedelta(minutes=3)
    WorkerState.objects.record(seen)
    ask()
    assert WorkerState.objects.get().seen_at == seen


def test_pending_migrations_and_a_full_disk_make_it_not_ready(db, monkeypatch):
    monkeypatch.setattr(readiness.MigrationExecutor, "migration_plan", lambda self, targets: ["a", "b"])
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda path: SimpleNamespace(free=40_000_000))
    status, content = ask(**TOKEN)
    assert status == 503
    assert content["problems"] == [
        "2 migrations are pending. Run manage.py setup.", "Only 40 MB are free on the disk."
    ]  # fmt: skip
    assert [notice["heading"] for notice in content["notices"]] == ["The disk is nearly full"]


def test_who_asks_often_causes_one_check(db, django_assert_num_queries, monkeypatch):
    ask()
    with django_assert_num_queries(0):
        ask()
    monkeypatch.setattr(readiness.recent_readiness, "checked_at", -1e9)
    Mail.objects.enqueue("x", "a@example.org", key="1", context={})
    FailingJob.objects.record("x", ValueError(), timezone.now())
    assert ask()[0] == 200


@pytest.fixture
def metrics_folder(settings, tmp_path, monkeypatch):
    settings.METRICS_ROOT = tmp_path / "metrics"
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(settings.METRICS_ROOT))
    gunicorn_settings.on_starting(None)
    (settings.METRICS_ROOT / "counter_1.db").write_text("of the last start")
    gunicorn_settings.on_starting(None)
    assert list(settings.METRICS_ROOT.iterdir()) == []


def test_metrics_tell_of_mail_and_worker(db, metrics_folder):
    now = timezone.now()
    WorkerState.objects.record(now - timedelta(minutes=2))
    Mail.objects.enqueue("x", "a@example.org", key="1", context={}, not_before=now - timedelta(hours=1))
    text = Client().get("/metrics", headers=TOKEN).content.decode()

    lines = dict(line.split(" ") for line in text.splitlines() if not line.startswith("#"))
    assert lines["cinemaclips_mails_due"] == "1.0" and lines["cinemaclips_mail_paused"] == "0.0"
    assert 3600 <= float(lines["cinemaclips_oldest_mail_seconds"]) < 3700
    assert 120 <= float(lines["cinemaclips_worker_seconds"]) < 220


def test_without_the_token_there_are_no_metrics(db):
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404


def test_an_invented_method_is_no_label(db):
    response = Client().generic("BREW", "/")
    assert response.status_code == 405 and "BREW" not in KNOWN_METHODS
