"""Finds tests that pytest would not collect."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_folders_are_packages():
    for folder in {file.parent for file in HERE.rglob("*.py")}:
        assert (folder / "__init__.py").exists(), folder


def test_tests_live_in_files_named_test():
    for file in HERE.rglob("*.py"):
        if re.search(r"^\s*(async )?def test_", file.read_text(), re.M):
            assert re.fullmatch(r"test_\w+\.py", file.name), file
