"""
A short run of `bench/entering.py`: processes enter a contest at once and are killed with SIGKILL.

They share one SQLite file. Each test has a negative control: the same run must find the fault in a site
that was broken deliberately.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.timeout(300)  # four processes run five times


def run(folder, *words):
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith("COV")
    }  # without coverage, which slows it down
    done = subprocess.run(
        [sys.executable, "bench/entering.py", "--folder", folder, *words],
        env=plain, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=240,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def raced(empty_site, tmp_path_factory):
    """A site on which four processes have confirmed one e-mail address at the same moment, five times."""
    folder = shutil.copytree(empty_site, tmp_path_factory.mktemp("entering") / "site")
    return folder, run(folder, "--race", "5")


@pytest.fixture
def site(raced, tmp_path):
    return shutil.copytree(raced[0], tmp_path / "site")


def test_four_processes_that_confirm_one_address_make_one_entry(raced):
    assert raced[1]["entries"] == [[1, 6]]  # the sixth was for warming up


def test_a_kill_at_any_time_loses_or_doubles_nothing_acknowledged(site):
    found = run(site, "--rounds", "5")

    assert found["acknowledged"] > 0
    assert (found["lost"], found["doubled"], found["mails lost"]) == (0, 0, 0)
    assert found["mails sent twice"] <= found["rounds"]


@pytest.mark.parametrize(
    ("control", "what"), [("eager", "lost"), ("double", "doubled"), ("mail", "mails lost")]
)
def test_the_same_run_finds_deliberate_faults(site, control, what):
    """Faults: an entry acknowledged before it is stored, a missing constraint, mail outside the transaction."""
    assert run(site, "--rounds", "8", "--control", control)[what] > 0
