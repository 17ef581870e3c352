"""
Entering under fire, in a short run of what `bench/entering.py` does by the thousand: processes that
enter at once over one SQLite file, killed with SIGKILL. Each promise has its control: the same run on a
site that was broken on purpose must find what it looks for.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.timeout(300)  # four processes race five times


def run(folder, *words):
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith("COV")
    }  # faster unwatched
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
    assert raced[1]["entries"] == [[1, 6]]  # the sixth warmed the site up


def test_a_kill_at_any_time_loses_or_doubles_nothing_acknowledged(site):
    found = run(site, "--rounds", "5")

    assert found["acknowledged"] > 0
    assert (found["lost"], found["doubled"], found["mails lost"]) == (0, 0, 0)
    assert found["mails sent twice"] <= found["rounds"]


@pytest.mark.parametrize(
    ("control", "what"), [("eager", "lost"), ("double", "doubled"), ("mail", "mails lost")]
)
def test_the_same_run_finds_deliberate_faults(site, control, what):
    """An entry acknowledged before it is stored, a missing constraint, mail outside of the transaction."""
    assert run(site, "--rounds", "8", "--control", control)[what] > 0
