"""One concept, one word: a private metaphor that was replaced must not come back in an identifier."""

import io
import keyword
import re
import tokenize
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDERS = ("deploy", "docs", "static", "templates", "var")
# Replaced word → the word to use.
REPLACED = {
    "printing": "cache generation",
    "printings": "cache generation",
    "knock": "hit",
    "knocks": "hits",
    "tally": "rate-limit counter",
    "tallies": "rate-limit counters",
    "voice": "vote",
    "voices": "votes",
    "obstacle": "publish blocker",
    "obstacles": "publish blockers",
    "looked": "reviewed",
    "holdings": "personal data",
    "holders": "personal data modules",
    "chore": "background job",
    "chores": "background jobs",
    "moments": "clock boundaries",
    "sealed": "pseudonym or chain hash",
    "beside": "related context",
    "hung": "extensions",
    "signpost": "well-known file",
    "signposts": "well-known files",
    "shelves": "browse",
    "telling": "notification",
    "tellings": "notifications",
    "told": "payload or notified",
    "fate": "import result",
    "intake": "importer",
    "riddle": "identify this film",
    "riddles": "identify this film",
    "darkroom": "image processing",
    "mailroom": "letter forwarding",
    "aimed": "say what it means",
    "heaps": "counts",
    "room": "section",
    "rooms": "sections",
    "standing": "active, eligible, static or public status",
    "standings": "leaderboards",
}
# Words that may be used in the name of a test, which is a sentence.
PLAIN_IN_A_SENTENCE = {"told", "looked", "beside", "moments", "sealed"}
# Identifiers that may contain a replaced word → the reason.
KEPT = {
    "VOICE_TAG": "the <v> tag of WebVTT, which the format calls a voice",
    "press_room": "the trade's word for what a magazine offers to the press",
}


def names(source):
    """Every identifier in a Python source, without keywords."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            yield token.string


def words(name):
    """The words of an identifier: split at underscores, hyphens and capitals."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def replaced_words(source):
    """(identifier, replaced word) for each identifier of `source` that contains one."""
    return {
        (name, word)
        for name in names(source)
        for word in words(name)
        if word in REPLACED and name not in KEPT
        if not (name.startswith("test_") and word in PLAIN_IN_A_SENTENCE)
    }


def python_files():
    for path in sorted(ROOT.glob("*/**/*.py")):
        folder = path.relative_to(ROOT).parts[0]
        if not folder.startswith(".") and folder not in FOLDERS and "migrations" not in path.parts:
            yield path


def test_no_replaced_word_comes_back_as_a_name():
    found = {
        str(path.relative_to(ROOT)): replaced_words(path.read_text())
        for path in python_files()
        if path != Path(__file__)
    }

    assert {path: sorted(pairs) for path, pairs in found.items() if pairs} == {}


@pytest.mark.parametrize("folder", ["templates", "static/css", "static/js"])
def test_no_replaced_word_comes_back_as_a_css_class_or_template(folder):
    files = [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    classes = re.compile(r'class="([^"{}]*)"|\.([a-z][\w-]*)(?=[^{}]*\{)')
    found = set()
    for path in files:
        found |= {
            (path.name, word) for word in words(path.stem) if word in REPLACED and path.stem not in KEPT
        }
        if path.suffix in (".html", ".css"):
            text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
            for match in classes.finditer(text):
                listed = (match[1] or match[2] or "").split()
                found |= {(path.name, each) for each in listed for word in words(each) if word in REPLACED}

    assert files and found == set()


def test_a_replaced_word_is_found():
    assert replaced_words("def lookedAt(knock_count): voice = 1") == {
        ("lookedAt", "looked"),
        ("knock_count", "knock"),
        ("voice", "voice"),
    }
    assert replaced_words("look = choices  # a knock in a comment is prose") == set()
