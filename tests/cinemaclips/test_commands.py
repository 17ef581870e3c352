"""The commands setup, run, work and cut_fonts; tests/test_running_site.py tests them together."""

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from cinemaclips import background_jobs, processes, static_collection
from cinemaclips.management.commands import run, setup, work
from cinemaclips.management.commands.cut_fonts import FACES
from cinemaclips.models import FailingJob
from tests.factories import make_photo


def test_setup_prepares_everything_and_can_run_again(db, settings, tmp_path, capsys):
    settings.DATA_DIR = settings.STATIC_ROOT.parent
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("setup")
    call_command("setup")

    assert capsys.readouterr().out.count("The static files are ready.") == 1
    assert Group.objects.count() == 4
    assert (tmp_path / "static/css/site.css").exists()


def test_an_interrupted_setup_is_completed(db, settings, tmp_path, monkeypatch, capsys):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "half").touch()
    monkeypatch.setattr(setup, "has_pending_migrations", lambda: True)
    call_command("setup", demo=True)

    output = capsys.readouterr().out
    assert (
        "The database is ready." in output
        and "The static files are ready." in output
        and "demo magazine" in output
    )


def test_a_changed_stylesheet_is_collected_again(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert static_collection.has_stale_static()
    static_collection.collected_stamp().touch()
    assert not static_collection.has_stale_static()
    sheet = Path(settings.STATICFILES_DIRS[0]) / "css/site.css"
    import os

    os.utime(static_collection.collected_stamp(), (1, 1))
    assert sheet.stat().st_mtime > 1 and static_collection.has_stale_static()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(CommandError, match="cannot be written"):
        setup.check_folder(blocked / "data")


def test_a_port_in_use_is_reported_with_a_solution():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} on 127.0.0.1 cannot be used"):
            run.check_port("127.0.0.1", port)
    run.check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", ["x", "0", "70000", ""])
def test_an_invalid_port_is_refused(port):
    with pytest.raises(CommandError, match="is no port"):
        run.check_port("127.0.0.1", port)


def python(code):
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


def test_all_processes_are_stopped_together():
    short, long = python("pass"), python("import time; time.sleep(60)")
    short.wait()
    processes.stop_all([long, short])
    assert long.returncode == -signal.SIGTERM


def test_a_program_that_dies_starts_again_after_waits_that_double(monkeypatch):
    monkeypatch.setattr(processes.subprocess, "Popen", Ended)
    monkeypatch.setattr(processes.time, "monotonic", lambda: 0.0)
    program = processes.RestartedProcess("worker", ["x"], Path())
    now, waits = 0.0, []
    for _ in range(8):
        sentence = program.check(now)
        waits.append(int(re.search(r"ended by itself \(1\)\. It starts again in (\d+) s", sentence)[1]))
        assert program.check(now) == program.check(now + waits[-1] - 0.1) == ""
        died = program.process
        now += waits[-1]
        assert program.check(now) == "" and program.process is not died
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert "in 1 s" in program.check(now + program.STEADY)  # it ran for a minute


def test_a_program_that_runs_is_left_alone():
    program = processes.RestartedProcess(
        "worker", [sys.executable, "-c", "import time; time.sleep(60)"], Path()
    )
    assert program.check(time.monotonic()) == ""
    processes.stop_all([program.process])


def test_what_died_is_reported(monkeypatch):
    reported = []
    monkeypatch.setattr(processes.subprocess, "Popen", Ended)
    monkeypatch.setattr(processes.time, "sleep", lambda seconds: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        programs = [processes.RestartedProcess("worker", ["x"], Path())]
        processes.keep_running(programs, reported.append, threading.Event(), reported.append)
    assert len(reported) == 1


def test_a_process_that_does_not_stop_is_killed(monkeypatch):
    monkeypatch.setattr(processes, "GRACE_SECONDS", -4)
    deaf = python(
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    )
    time.sleep(0.5)
    processes.stop_all([deaf])
    assert deaf.returncode == -signal.SIGKILL


def test_waiting_for_an_ended_server_returns_false():
    ended = python("pass")
    ended.wait()
    assert processes.wait_for_answer("127.0.0.1", 1, ended) is False


def test_a_child_process_ends_with_its_parent():
    ask = "import django; django.setup()\nfrom cinemaclips import processes; processes.end_with_parent()"
    subprocess.run([sys.executable, "-c", ask], check=True, cwd=settings.BASE_DIR)


class Ended:
    """Stands for a process that has ended by itself."""

    args, returncode, pid = ["python", "-m", "gunicorn", "x", "y"], 1, 0

    def __init__(self, *args, **kwargs):
        pass

    def poll(self):
        return 1

    def wait(self, timeout=None):
        return 1


@pytest.fixture
def no_processes(monkeypatch):
    monkeypatch.setattr(processes.subprocess, "Popen", Ended)
    monkeypatch.setattr(run, "check_port", lambda host, port: None)
    monkeypatch.setattr(run, "call_command", lambda *args, **kwargs: None)
    monkeypatch.setattr(run.signal, "signal", lambda number, handler: None)


def test_a_server_that_cannot_start_ends_the_command(no_processes):
    with pytest.raises(CommandError, match=r"The server could not start \(1\)"):
        call_command("run")


def test_ctrl_c_is_not_an_error(no_processes, monkeypatch, capsys, settings, tmp_path):
    def interrupted(programs, report, reload, load_new_code):
        report("The worker ended by itself.")
        raise KeyboardInterrupt

    settings.DATA_DIR = tmp_path
    (tmp_path / "demo_login").write_text("secret-word")
    monkeypatch.setattr(run, "keep_running", interrupted)
    monkeypatch.setattr(run, "wait_for_answer", lambda *args: True)
    call_command("run", demo=True)

    output, errors = capsys.readouterr()
    assert (
        "http://127.0.0.1:8000/desk/" in output and "editor / secret-word" in output and "Stopping." in output
    )
    assert "The worker ended by itself." in errors


@pytest.fixture
def handlers():
    """Restore the signal handlers after the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_both_signals_end_the_program_though_they_were_ignored(handlers):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    run.stop_on_signals()

    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(SystemExit) as ended:
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 0


def test_only_the_development_server_reloads():
    assert "--reload" in run.server_command(reload=True)
    assert "--reload" not in run.server_command(reload=False)


def test_no_process_keeps_the_old_code_for_the_new_ones():
    """With --preload a reload forks processes with the code that the first one has loaded."""
    assert "--preload" not in run.server_command(reload=False)


def test_new_code_is_loaded_once_when_asked(monkeypatch):
    loaded, reload = [], threading.Event()
    monkeypatch.setattr(processes.time, "sleep", lambda seconds: 1 / 0)
    reload.set()
    with pytest.raises(ZeroDivisionError):
        processes.keep_running([], loaded.append, reload, lambda programs: loaded.append("new"))
    assert loaded == ["new"] and not reload.is_set()


@pytest.mark.parametrize(
    ("status", "signals", "sentence"), [(0, [signal.SIGHUP], "is loaded"), (1, [], "The old code runs on")]
)
def test_new_code_is_loaded_only_after_its_setup(monkeypatch, capsys, status, signals, sentence):
    sent, restarted = [], []
    monkeypatch.setattr(run.subprocess, "run", lambda *args, **kwargs: SimpleNamespace(returncode=status))
    server = SimpleNamespace(process=SimpleNamespace(send_signal=sent.append))
    run.Command()._load_new_code([server, SimpleNamespace(restart=lambda: restarted.append(True))])

    assert sent == signals and bool(restarted) == (status == 0)
    assert sentence in capsys.readouterr().err


def test_a_program_is_restarted_after_it_has_ended():
    program = processes.RestartedProcess("x", [sys.executable, "-c", "import time; time.sleep(60)"], Path())
    before = program.process
    program.restart()
    assert before.returncode == -signal.SIGTERM and program.process.poll() is None
    processes.stop_all([program.process])


def test_once_runs_one_round_of_the_worker(db):
    photo = make_photo()
    Session.objects.create(session_key="old", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="new", expire_date=timezone.now() + timedelta(days=1))
    call_command("work", once=True)

    assert Session.objects.get().session_key == "new"
    assert (
        len(list(photo.rendition_path("wide", photo.sizes("wide")[0], "avif").parent.iterdir()))
        == background_jobs.BATCH_SIZE
    )


def test_the_worker_makes_all_renditions_in_batches(db):
    make_photo(), make_photo()
    rounds = 0
    while background_jobs.make_picture_sizes():
        rounds += 1
    assert rounds > 5 and not background_jobs.make_picture_sizes()


def test_a_job_that_fails_is_tried_again_and_shown_until_it_succeeds(db, monkeypatch, caplog):
    def broken():
        if len(FailingJob.objects.all()) < 1:
            raise ValueError("disk full")

    now = timezone.now()
    monkeypatch.setattr(work, "background_jobs", lambda: {broken: timedelta(minutes=1)})
    next_run = {broken: now}
    work.run_due_jobs(next_run, now, threading.Event())

    assert "broken did not work" in caplog.text
    assert next_run[broken] == now + timedelta(minutes=1)
    failing = FailingJob.objects.get()
    assert (failing.error, failing.failing_since) == ("ValueError", now)
    assert failing.name.endswith("broken")

    work.run_due_jobs(next_run, now + timedelta(minutes=1), threading.Event())
    assert not FailingJob.objects.exists()


def test_a_job_that_fails_again_is_failing_since_the_first_time(db):
    now = timezone.now()
    FailingJob.objects.record("a.job", ValueError(), now)
    FailingJob.objects.record("a.job", OSError(), now + timedelta(hours=1))
    failing = FailingJob.objects.get()
    assert (failing.error, failing.failing_since) == ("OSError", now)


def test_in_an_outage_of_the_database_the_worker_says_so_in_one_line_and_waits(monkeypatch, caplog):
    now, closed = timezone.now(), []

    def first():
        raise OperationalError("unable to open database file")

    def second():
        pytest.fail("It ran.")

    monkeypatch.setattr(work, "background_jobs", lambda: dict.fromkeys([first, second], timedelta(hours=1)))
    monkeypatch.setattr(work, "connection", SimpleNamespace(close=lambda: closed.append(True)))
    next_run = {first: now, second: now}
    work.run_due_jobs(next_run, now, threading.Event())

    assert next_run == {first: now, second: now} and closed == [True]
    assert [record.message for record in caplog.records] == [
        "The database cannot be used, so no job is run for a moment: unable to open database file"
    ]
    assert not caplog.records[0].exc_info


def test_a_job_with_more_to_do_is_due_at_once(db, monkeypatch):
    now = timezone.now()

    def unfinished():
        return True

    monkeypatch.setattr(work, "background_jobs", lambda: {unfinished: timedelta(hours=1)})
    next_run = {unfinished: now}
    work.run_due_jobs(next_run, now, threading.Event())
    assert next_run[unfinished] == now


def test_the_worker_stops_when_asked(db, monkeypatch):
    handlers = {}
    monkeypatch.setattr(
        work.signal, "signal", lambda signal_number, handler: handlers.update({signal_number: handler})
    )
    monkeypatch.setattr(work, "background_jobs", dict)
    monkeypatch.setattr(work, "SECONDS_BETWEEN_ROUNDS", 0)
    monkeypatch.setattr(work, "run_due_jobs", lambda *args: handlers[signal.SIGTERM]())
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    call_command("work")


def test_fonts_are_reduced_to_the_characters_in_use(tmp_path, settings):
    call_command("cut_fonts", to=tmp_path)

    for name in FACES:
        made = (tmp_path / f"static/fonts/{name}.woff2").read_bytes()
        assert len(made) == len((settings.BASE_DIR / f"static/fonts/{name}.woff2").read_bytes())
    assert (tmp_path / "films/lettering.json").read_text() == (
        settings.BASE_DIR / "films/lettering.json"
    ).read_text()
