"""docs/contest-law.md names a test or a reason for every rule, and the tests exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings

HERE = Path(__file__).parent
TABLE = (settings.BASE_DIR / "docs/contest-law.md").read_text()
ROWS = [row.strip("| ").split(" | ") for row in TABLE.splitlines() if row.startswith("| ")][1:]


def missing(cell):
    """The tests named in a cell that do not exist. A name without a module belongs to the last one named."""
    module, lost = "", []
    for said in re.findall(r"`([^`]+)`", cell):
        if said.endswith(".py"):
            lost += [] if (settings.BASE_DIR / said).is_file() else [said]
            continue
        file, colon, name = said.partition(": ")
        module, name = (file, name) if colon or file.startswith("test_") else (module, file)
        path = HERE / f"{module}.py"
        if not path.is_file() or f"def test_{name.rstrip('…')}" not in path.read_text():
            lost.append(said)
    return lost


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_row_names_an_existing_test_or_a_reason(row):
    _, held_by, shown = row
    assert held_by and shown and not missing(shown)


@pytest.mark.parametrize(
    "said", ["`test_terms: no_such_thing…`", "`test_nowhere: a`", "`tests/contest/none.py`", "`lonely`"]
)
def test_a_test_that_does_not_exist_is_found(said):
    assert missing(said)
