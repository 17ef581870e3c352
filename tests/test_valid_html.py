"""
Checks every kind of page with html-validate (npm, tests/html).

`make test` installs it if there is Node. Otherwise the test is skipped with a message; with CI=true it fails.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.test_every_page import PAGES, magazine, path_of  # noqa: F401 - the fixture

HERE = Path(__file__).parent / "html"
CHECKER = HERE / "node_modules/.bin/html-validate"


@pytest.fixture
def check(tmp_path):
    if not (shutil.which("node") and CHECKER.exists()):
        message = "html-validate is not installed (it needs Node; then: npm ci --prefix tests/html)."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)

    def run(pages):
        """The output of the checker for {name: html}; "" if it finds nothing."""
        for name, html in pages.items():
            (tmp_path / f"{name}.html").write_text(html)
        done = subprocess.run(
            [CHECKER, "--config", HERE / ".htmlvalidate.json", *sorted(tmp_path.glob("*.html"))],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr if done.returncode else ""

    return run


def test_every_kind_of_page_is_valid(check, magazine):  # noqa: F811
    pages = {}
    for number, pattern in enumerate(each for each in PAGES if PAGES[each][2] == "html"):
        address = path_of(pattern, magazine)
        pages[f"{number:02}{address.partition('?')[0].replace('/', '-')}"] = (
            Client().get(address).content.decode()
        )
    pages["missing"] = Client().get("/no-such-page/").content.decode()
    pages["refused"] = Client().post("/about/contact/", {"text": "x"}).content.decode()

    assert check(pages) == ""


def test_the_checker_finds_invalid_html(check):
    page = "<!doctype html><html lang=en><head><title>t</title></head><body>{}</body></html>"
    for wrong in (
        "<ul><p>x</p></ul>",
        '<a href="/"><button>x</button></a>',
        "<dl><dd>x</dd></dl><p><div></div></p>",
    ):
        assert check({"wrong": page.format(wrong)})
