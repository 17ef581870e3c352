"""Tests wait for a child process only for a limited time, and no child process outlives its test."""

import subprocess
import sys

import pytest

from tests.conftest import LimitedProcess

started = []


def test_a_test_may_leave_a_process_running():
    started.append(
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    )
    started.append(
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.PIPE)
    )


def test_a_process_of_an_earlier_test_has_been_killed():
    assert [process.returncode for process in started] == [-9, -9]


def test_waiting_for_a_process_has_a_time_limit(monkeypatch):
    monkeypatch.setattr(LimitedProcess, "LIMIT", 0.2)
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"], check=True)
