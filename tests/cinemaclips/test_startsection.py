"""manage.py startsection writes a section that passes its tests, tried in a copy of the project."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cinemaclips import new_section
from cinemaclips.management.commands import startsection

TIME_LIMIT = 240  # seconds; it takes about 30 on an idle machine
NOT_COPIED = shutil.ignore_patterns(".*", "var", "node_modules", "__pycache__")


def run(folder, *words, program="python"):
    """How a program of this environment ends in `folder`, without the settings of this test run."""
    unset = ("COV", "DATA_DIR", "PYTEST", "DJANGO")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *words], cwd=folder, env=environment | {"DATA_DIR": str(folder / "var")},
        capture_output=True, text=True, timeout=TIME_LIMIT,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr)[-3000:]


@pytest.fixture
def project(tmp_path):
    """A copy of the project, with what mypy knows of it where `make check` has run."""
    copy = Path(shutil.copytree(settings.BASE_DIR, tmp_path / "project", ignore=NOT_COPIED))
    known_to_mypy = settings.BASE_DIR / ".mypy_cache"
    if known_to_mypy.is_dir():
        shutil.copytree(known_to_mypy, copy / ".mypy_cache")
    return copy


def test_a_new_section_passes_its_tests_at_once(project):
    out = io.StringIO()
    call_command("startsection", "zoetrope", label="Zoe & Trope", folder=project, stdout=out)
    assert "zoetrope/section.py" in out.getvalue() and "pyproject.toml" in out.getvalue()

    assert run(project, "manage.py", "check") == (0, "System check identified no issues (0 silenced).\n")
    assert run(project, "manage.py", "makemigrations", "--check", "--dry-run")[0] == 0
    assert run(project, "-m", "ruff", "check", "zoetrope", "tests/zoetrope", "cinemaclips") == (
        0,
        "All checks passed!\n",
    )
    assert run(project, "-m", "ruff", "format", "--check", "zoetrope", "tests/zoetrope")[0] == 0
    assert run(project, "-m", "mypy", "zoetrope") == (0, "Success: no issues found in 6 source files\n")
    assert "0 broken" in run(project, program="lint-imports")[1]
    templates = [str(path) for path in project.glob("templates/zoetrope/*.html")]
    assert run(project, "--check", "--target-version", "6.1", *templates, program="djade")[0] == 0
    tests = ["tests/zoetrope", *(f"tests/{name}" for name in (
        "test_every_page.py::test_every_page_keeps_the_promises_of_its_row", "test_every_page.py::test_every_url_pattern_has_a_row",
        "test_canary.py::test_every_kind_of_page_is_requested", "cinemaclips/test_rights_table.py::test_the_document_is_up_to_date",
        "cinemaclips/test_rights_table.py::test_the_desk_allows_what_the_table_says[contributor]",
    ))]  # fmt: skip
    code, output = run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    assert code == 0, output


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Podcast", "'Podcast' is no name for an app: use lower-case letters and digits, one word."),
        ("class", "'class' is no name for an app: use lower-case letters and digits, one word."),
        ("a" * 21, f"'{'a' * 21}' is longer than 20 characters."),
        ("blog", "There is a folder or a Python package 'blog' already."),
        ("json", "There is a folder or a Python package 'json' already."),
    ],
)
def test_an_invalid_name_writes_nothing(name, reason, tmp_path):
    with pytest.raises(CommandError, match=reason.replace("'", ".")):
        call_command("startsection", name, folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_an_invalid_label_writes_nothing(tmp_path):
    with pytest.raises(CommandError, match="cannot stand in code"):
        call_command("startsection", "zoetrope", label='The "zoe"', folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_section_can_be_written_without_ruff(tmp_path, monkeypatch):
    monkeypatch.setattr(startsection, "RUFF", tmp_path / "ruff")
    monkeypatch.setattr(new_section, "ENTRIES", [])
    call_command("startsection", "zoetrope", folder=tmp_path, stdout=io.StringIO())

    assert (tmp_path / "zoetrope/models.py").read_text().count("class Zoetrope(Article):") == 1
