"""No test hangs on a process, and no process outlives its test."""

import subprocess
import sys

import pytest

from tests.conftest import LimitedProcess

started = []


def test_a_process_that_a_test_left_running():
    started.append(
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    )
    started.append(
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.PIPE)
    )


def test_was_ended_with_it():
    assert [process.returncode for process in started] == [-9, -9]


def test_a_process_is_not_waited_for_without_limit(monkeypatch):
    monkeypatch.setattr(LimitedProcess, "LIMIT", 0.2)
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"], check=True)
