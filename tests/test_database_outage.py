"""
The database vanishes, breaks, is locked or replaced under a running site: reading goes on, nothing is thanked and lost.

Each kind of outage is tried for real, on a site with the demo as its owner starts it.
"""

import re
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing

import pytest
from pysqlite3 import dbapi2

from cinemaclips.database_outage import PAUSE
from tests.running_site import Site

pytestmark = pytest.mark.timeout(300)
PAGES = ["/", "/reviews/", "/reviews/metropolis/", "/films/metropolis-1927/", "/contest/", "/feeds/rss.xml"]
LETTER = {
    "topic": "links",
    "name": "Ana Moss",
    "email": "ana@example.com",
    "text": "The cat is missing.\nIs it?",
}
CONTACT = "/about/contact/"


class Answer:
    """What the site answered, and after how many seconds."""

    def __init__(self, site, path, data=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{site.port}{path}", data=data and urllib.parse.urlencode(data).encode()
        )
        began = time.monotonic()
        try:
            response = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        self.body = response.read().decode()
        self.seconds = time.monotonic() - began
        self.status, self.headers = response.status, response.headers

    @property
    def is_copy(self):
        return self.headers["X-Served"] == "saved copy"


@pytest.fixture(scope="module")
def site(first_run, tmp_path_factory):
    """A running site whose pages readers have seen."""
    site = Site(shutil.copytree(first_run.folder, tmp_path_factory.mktemp("outage") / "data"))
    site.wait()
    for path in PAGES:
        assert Answer(site, path).status == 200
    yield site
    site.stop()


@pytest.fixture
def database(site):
    """The file of the database; put back afterwards as it was, and used again by the site."""
    path = site.folder / "db.sqlite3"
    kept = path.with_name("kept.sqlite3")
    with closing(dbapi2.connect(path)) as source, closing(dbapi2.connect(kept)) as target:
        source.backup(target)
    yield path
    for each in site.folder.glob("db.sqlite3*"):
        if each.suffix != ".expected":
            each.unlink()
    kept.replace(path)
    time.sleep(PAUSE + 0.2)  # each server process asks again by itself
    assert not any(Answer(site, "/").is_copy for _ in range(6))
    assert Answer(site, CONTACT).status == 200


def remove(path):
    for each in path.parent.glob("db.sqlite3*"):
        if each.suffix != ".expected":
            each.unlink()


def corrupt(path):
    remove(path)
    path.write_bytes(b"This is no database. " * 5000)


@pytest.mark.parametrize("break_database", [remove, corrupt])
def test_readers_get_saved_pages_and_senders_get_their_words_back(site, database, break_database):
    break_database(database)
    for path in PAGES * 3:
        answer = Answer(site, path)
        assert answer.status == 200 and answer.is_copy, path
        assert answer.seconds < 0.2, (path, answer.seconds)
    assert "You are reading a copy of this page from" in Answer(site, "/").body

    sent = Answer(site, CONTACT, LETTER)
    assert sent.status == 503 and sent.seconds < 3 and sent.headers["Retry-After"] == "30"
    assert "The cat is missing.<br>Is it?" in sent.body and "was not stored" in sent.body
    assert Answer(site, "/reviews/unseen/").status == 503


def test_a_missing_database_is_never_replaced_by_an_empty_one(site, database):
    remove(database)
    assert Answer(site, "/").is_copy
    assert not database.exists()


def test_what_is_sent_after_the_file_was_replaced_is_in_the_new_file(site, database):
    copy = database.with_name("copy.sqlite3")
    shutil.copy(database.with_name("kept.sqlite3"), copy)
    remove(database)
    copy.replace(database)
    form = Answer(site, CONTACT)
    stamp = re.search(r'name="stamp" value="([^"]+)"', form.body)[1]
    assert "Thank you" in Answer(site, CONTACT, LETTER | {"stamp": stamp}).body

    with closing(dbapi2.connect(database)) as new:
        ((text,),) = new.execute("SELECT text FROM about_letter").fetchall()
    assert text.splitlines() == LETTER["text"].splitlines()


def test_readers_do_not_wait_for_a_writer_and_forms_answer_within_three_seconds(site, database):
    writer = dbapi2.connect(database, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    try:
        for path in PAGES:
            answer = Answer(site, path)
            assert (answer.status, answer.is_copy) == (200, False) and answer.seconds < 1
        sent = Answer(site, CONTACT, LETTER)
        assert sent.status == 503 and sent.seconds < 3.2 and "The cat is missing." in sent.body
    finally:
        writer.execute("ROLLBACK")
        writer.close()
    assert not Answer(site, "/").is_copy
