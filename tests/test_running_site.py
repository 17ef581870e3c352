"""
Tests the site as its owner starts it, with a real server and worker in a new data folder.

Also limits the number of bytes that a first visit loads.
"""

import os
import re
import shutil
import signal
import subprocess
import time

import brotli
import pytest

from tests.running_site import Site, ignore_signals, nobody_listens

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def folder(first_run, tmp_path):
    """A data folder as the first run leaves it, for one test alone."""
    return shutil.copytree(first_run.folder, tmp_path / "data")


@pytest.fixture(scope="module")
def site(first_run, tmp_path_factory):
    """A site that runs for all tests that only ask it."""
    site = Site(shutil.copytree(first_run.folder, tmp_path_factory.mktemp("site") / "data"))
    site.wait()
    yield site
    site.stop()


def test_the_first_run_prints_the_urls_and_the_login(first_run):
    output = first_run.output
    assert f"http://127.0.0.1:{first_run.port}/" in output and "/desk/" in output and "editor / " in output
    assert first_run.ended == 0 and first_run.is_free


def test_the_front_page_is_the_demo_magazine(site):
    headers, body = site.get("/")
    assert b"Metropolis" in body and "Set-Cookie" not in headers


def test_pages_and_files_have_the_security_headers(site):
    page, body = site.get("/")
    sheet = re.search(rb'href="(/static/css/site\.[^"]+)"', body)[1].decode()
    style, _ = site.get(sheet)
    for headers in (page, style):
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Server" not in headers
    assert "immutable" in style["Cache-Control"]


def test_all_processes_count_for_the_metrics(folder):
    site = Site(folder, words=(), MONITORING_TOKEN="a-long-token", LOG_REQUESTS="1", LOG_FORMAT="json")
    site.wait()
    for _ in range(30):
        site.get("/about/")
    lines = site.get("/metrics", Authorization="Bearer a-long-token")[1].decode().splitlines()
    assert site.stop() == 0

    counted = [line for line in lines if line.startswith("cinemaclips_requests_total") and "about:" in line]
    assert sum(float(line.split()[-1]) for line in counted) >= 1  # the page cache answers the others
    assert (
        sum(float(line.split()[-1]) for line in lines if line.startswith("cinemaclips_requests_total")) >= 30
    )
    assert not any("Error" in line for line in site.output)


INLINE_SCRIPT = re.compile(r'<script(?! type="application/ld\+json">)(?! type="module" src=)')


def weigh(site, path):
    """(bytes of page, style sheet and scripts, bytes of fonts) for a browser that accepts brotli."""
    _, page = site.get(path, **{"Accept-Encoding": "gzip, br"})
    html = site.get(path)[1].decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = re.findall(r'<script type="module" src="([^"]+)"', html)
    assert len(sheets) == 1 and not INLINE_SCRIPT.search(html)
    packed, *code = [site.get(each, **{"Accept-Encoding": "br"})[1] for each in (*sheets, *scripts)]
    css = brotli.decompress(packed).decode()
    fonts = {
        name: site.get(f"/static/fonts/{name}")[1] for name in set(re.findall(r"fonts/([\w.\-]+woff2)", css))
    }
    assert sum(map(len, code)) <= 10_000
    return len(page) + len(packed) + sum(map(len, code)), sum(map(len, fonts.values()))


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/reviews/", "/reviews/metropolis/", "/interviews/the-light-is-easier/", "/dvdelighted/"),
        *(
            "/dvdelighted/metropolis-restored-blu-ray/",
            "/dvdelighted/calendar/",
            "/gallery/",
            "/gallery/the-booth/",
        ),
        *("/press/", "/picks/rain/", "/links/", "/blog/", "/blog/the-wrong-reel/", "/about/", "/about/show/"),
        *(
            "/about/contact/",
            "/about/ethics/",
            "/films/metropolis-1927/",
            "/people/fritz-lang/",
            "/search/?q=film",
        ),
        *(
            "/contributors/theo-marchetti/",
            "/tags/silent/",
            "/feeds/",
            "/films/",
            "/people/",
            "/press/site-rebuilt/",
        ),
    ],
)
def test_a_first_visit_loads_few_bytes(site, path):
    light, fonts = weigh(site, path)

    assert light <= 25_000
    assert light + fonts <= 80_000


def test_the_second_start_is_quick_and_keeps_the_data(first_run, folder):
    second = Site(folder, first_run.port)
    seconds = second.wait()
    output = "".join(second.output)
    assert second.stop() == 0
    assert nobody_listens(second.port)
    assert "nothing was changed" in output
    # Against the first start in the same run, which loads the demo: a busy machine is slow at both.
    assert seconds < first_run.seconds / 3


def test_a_start_after_a_kill_during_setup_recovers(folder):
    """Loading of the demo in one transaction is tested in tests/cinemaclips/test_demo_removal.py."""
    for file in folder.glob("db.sqlite3*"):
        file.unlink()
    killed = Site(folder, words=())
    while not any(folder.glob("db.sqlite3*")):
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(killed.process.pid, signal.SIGKILL)
    killed.process.stdout.close()
    killed.process.wait()

    second = Site(folder, words=())
    second.wait()
    assert b"cinemaCLIPS" in second.get("/")[1] and "The database is ready." in "".join(second.output)
    assert second.stop() == 0


def test_a_port_in_use_is_reported_in_one_sentence(site, tmp_path):
    late = Site(tmp_path, site.port)
    output = late.process.stdout.read()
    assert late.stop() == 1
    assert f"Port {site.port} on 127.0.0.1 cannot be used" in output and "Traceback" not in output


def test_killing_the_site_frees_the_port(folder):
    site = Site(folder)
    site.wait()
    site.process.kill()
    site.process.stdout.close()
    site.process.wait()
    for _ in range(100):
        if nobody_listens(site.port):
            break
        time.sleep(0.1)

    assert nobody_listens(site.port)


def child_of(site, words):
    """The PID of the site's own process whose command has `words`; None if there is none."""
    lines = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout.splitlines()  # fmt: skip
    pids = [
        int(line.split()[0]) for line in lines if words in line and line.split()[1] == str(site.process.pid)
    ]
    return pids[0] if pids else None


@pytest.mark.parametrize("words", ["manage.py work", "gunicorn"])
def test_a_process_that_is_killed_starts_again(folder, words):
    """Readers notice nothing of a dead worker; a dead server is back within seconds."""
    site = Site(folder)
    site.wait()
    killed = child_of(site, words)
    os.kill(killed, signal.SIGKILL)
    limit = time.monotonic() + 30
    while child_of(site, words) in (killed, None):
        if words == "manage.py work":
            assert site.get("/")[1]
        assert time.monotonic() < limit
        time.sleep(0.1)
    while True:
        try:
            assert b"Metropolis" in site.get("/")[1]
            break
        except OSError:
            assert time.monotonic() < limit
            time.sleep(0.1)

    assert site.stop() == 0
    assert nobody_listens(site.port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_a_site_that_was_started_with_signals_ignored(folder, number):
    site = Site(folder, words=(), prepare=ignore_signals)
    site.wait()
    site.process.send_signal(number)

    assert site.process.wait(60) == 0
    assert nobody_listens(site.port)
