"""
Runs the tests of pages, canary and search with a PostgreSQL server.

The server is at 127.0.0.1:5432 or TEST_DATABASE_URL. If none answers, the test is skipped with a message.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
FILES = [
    *("tests/cinemaclips/test_search.py", "tests/test_every_page.py", "tests/magazine/test_search_index.py"),
    *(
        "tests/magazine/test_related.py",
        "tests/fans/test_limits.py",
        "tests/blog",
        "tests/redirects/test_redirects.py",
    ),
    *(
        "tests/contest/test_drawing.py",
        "tests/fans/test_my_data.py",
        "tests/reelrequests/test_notifications.py",
    ),
    *(
        "tests/cinemaclips/test_page_cache.py",
        "tests/magazine/test_database_triggers.py",
        "tests/trivia/test_rulings.py",
        "tests/trivia/test_statistics.py",
    ),
]


def server_answers():
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.timeout(420)
def test_the_same_tests_pass_on_postgresql():
    if not server_answers():
        pytest.skip(f"No PostgreSQL answers at {SERVER}: the search was not compared there.")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV"))}
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *FILES,
            "--deselect",
            "tests/test_every_page.py::test_a_page_costs_the_same_queries_with_a_thousand_rows",
        ],
        cwd=Path(__file__).parent.parent,
        env=own | {"DATABASE_URL": SERVER},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
