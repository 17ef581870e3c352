"""A running site loads new code without missing a request, and keeps the old code if the new one is broken."""

import shutil
import signal
import threading
import time
import urllib.error

import pytest

from tests.running_site import Site, copy_code

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(params=["2"])
def site(first_run, tmp_path, request):
    """A site that runs on a copy of the code, `site.code`, with so many server processes."""
    code = copy_code(tmp_path / "code")
    data = shutil.copytree(first_run.folder, tmp_path / "data")
    site = Site(data, words=(), code=code, WEB_PROCESSES=request.param)
    site.code = code
    site.wait()
    yield site
    site.stop()


def change(file, before, after):
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def wait_for_words(site, words):
    limit = time.monotonic() + 90
    for line in site.process.stdout:
        site.output.append(line)
        if words in line:
            return
        assert time.monotonic() < limit
    raise AssertionError("".join(site.output))


def read_without_pause(site, failures, stopping):
    """Read two pages again and again; note every failure."""
    while not stopping.is_set():
        for path in ("/", "/.well-known/security.txt"):
            try:
                site.get(path)
            except OSError as error:
                failures.append((path, error))


def is_seen(site, path, words):
    """Whether every process answers with `words` within 30 seconds."""
    limit, in_a_row = time.monotonic() + 30, 0
    while in_a_row < 20 and time.monotonic() < limit:
        try:
            body = site.get(path)[1]
        except urllib.error.HTTPError as error:
            body = error.read()
        in_a_row = in_a_row + 1 if words in body else 0
        time.sleep(0.02)
    return in_a_row == 20


def test_a_changed_template_and_view_are_served_after_the_signal_and_no_request_fails(site):
    change(site.code / "templates/404.html", "<h1>", "<h1>Second edition: ")
    change(site.code / "cinemaclips/well_known.py", "Contact:", "# second edition\\nContact:")
    change(site.code / "cinemaclips/headers.py", "camera=()", "camera=(), gyroscope=()")
    failures, stopping = [], threading.Event()
    readers = [threading.Thread(target=read_without_pause, args=(site, failures, stopping)) for _ in range(3)]
    for reader in readers:
        reader.start()
    site.process.send_signal(signal.SIGUSR1)
    try:
        wait_for_words(site, "The new code is loaded.")
        assert is_seen(site, "/no-such-page/", b"Second edition")
        assert is_seen(site, "/.well-known/security.txt", b"second edition")
        assert (
            "gyroscope" in site.get("/about/")[0]["Permissions-Policy"]
        )  # a module that the settings import
    finally:
        stopping.set()
        for reader in readers:
            reader.join()
    assert failures == []


@pytest.mark.parametrize("site", ["1"], indirect=True)  # a second one could still be loading the code
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("reviews/views.py", "import no_such_module"),
        ("templates/reviews/review_list.html", "{% no_such_tag %}"),
    ],
)
def test_broken_code_is_not_loaded_and_the_site_runs_on(site, file, text):
    assert (site.code / file).exists()
    (site.code / file).write_text(text)
    site.process.send_signal(signal.SIGUSR1)
    wait_for_words(site, "The old code runs on.")
    assert b"Metropolis" in site.get("/reviews/")[1]
