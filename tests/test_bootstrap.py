"""deploy/bootstrap.sh finds a suitable Python, or says which ones it found."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings


@pytest.fixture
def checkout(tmp_path):
    """A folder with the files that the script needs, and one with the programs that it may find."""
    (tmp_path / "deploy").mkdir()
    shutil.copy(settings.BASE_DIR / "deploy/bootstrap.sh", tmp_path / "deploy/bootstrap.sh")
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "cat", "cksum", "tr", "dirname", "touch", "env"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    return tmp_path


def program(checkout, name, script):
    path = checkout / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def bootstrap(checkout):
    return subprocess.run(
        [checkout / "deploy/bootstrap.sh"],
        env={"PATH": str(checkout / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_python_is_reported(checkout):
    done = bootstrap(checkout)
    assert done.returncode == 1
    assert "needs Python 3.12 or newer; this machine has: no Python at all." in done.stderr


def test_an_old_python_is_named(checkout):
    program(checkout, "python3", 'case "$2" in *version_info\\ *) exit 1;; *) echo 3.11.7;; esac')
    done = bootstrap(checkout)
    assert done.returncode == 1
    assert "this machine has: python3 3.11.7;" in done.stderr


GOOD = """
case "$1 $2" in
  "-c import sys; print"*) echo 3.13.0 ;;
  "-c import sys; sys.exit"*) exit 0 ;;
  "--version "*) echo Python 3.13.0 ;;
  "-m venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  "-m pip") case "$3" in --version) test -f .venv/has-pip ;; install) touch .venv/has-pip; test ! -f offline ;; esac ;;
esac
"""


@pytest.fixture
def good(checkout):
    for tool in ("mkdir", "cp", "test"):
        (checkout / "bin" / tool).symlink_to(shutil.which(tool))
    program(checkout, "python3.13", GOOD)
    return checkout


def test_the_environment_is_made_once(good):
    first, second = bootstrap(good), bootstrap(good)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "Installing the packages" in first.stdout and second.stdout == ""


def test_a_missing_network_is_reported_and_the_next_run_continues(good):
    (good / "offline").touch()
    failed = bootstrap(good)
    (good / "offline").unlink()
    recovered = bootstrap(good)

    assert failed.returncode == 1 and "Is this machine online?" in failed.stderr
    assert recovered.returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: the folder test needs a plain user")
def test_a_folder_that_cannot_be_written_is_named(good):
    good.chmod(0o555)
    done = bootstrap(good)
    good.chmod(0o755)
    assert done.returncode == 1 and "is not writable" in done.stderr
