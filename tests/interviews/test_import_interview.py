import json

import pytest
from django.core.management import CommandError, call_command

from interviews.models import Interview
from tests.interviews.test_intake import TEXT

GUESSED = "Is it fun?\n\nYes.\n\nWhy is that?\n\nSo it is.\n\nAnd now?\n\nNow I go."


@pytest.fixture
def file(tmp_path, db):
    path = tmp_path / "talk.txt"
    path.write_text(TEXT)
    return path


def test_prints_the_parse_and_saves_nothing(file, capsys):
    call_command("import_interview", file, json=True)

    parsed = json.loads(capsys.readouterr().out)
    assert set(parsed) == {"confidence", "intro", "turns", "outro", "speakers", "byline", "credits"}
    assert (parsed["confidence"], parsed["byline"], parsed["credits"]) == (
        "high",
        "Nora Tamblyn",
        ["Sam Brightwater"],
    )
    assert parsed["turns"][1] == {"kind": "answer", "speaker": "Marsh", "text": "Vertigo was <b>."}
    assert not Interview.objects.exists()


def test_saves_a_draft_once(file, capsys):
    call_command("import_interview", file)
    call_command("import_interview", file)

    told = capsys.readouterr().out
    assert "2 questions and 3 answers by cinemaCLIPS, Marsh, Okafor (high confidence)." in told
    assert "saved as a draft: /interviews/two-in-the-desert/" in told
    assert "was here already" in told
    assert Interview.objects.count() == 1


def test_a_dry_run_saves_nothing(file):
    call_command("import_interview", file, dry_run=True)
    assert not Interview.objects.exists()


def test_a_guess_is_saved_only_when_confirmed(file):
    file.write_text(GUESSED)
    with pytest.raises(CommandError, match="not sure, so nothing was saved"):
        call_command("import_interview", file)
    assert not Interview.objects.exists()

    call_command("import_interview", file, yes=True)
    assert Interview.objects.count() == 1


def test_what_is_no_interview_ends_with_an_error(file, capsys):
    file.write_text("A man walks into a cinema.")
    with pytest.raises(CommandError) as refused:
        call_command("import_interview", file, json=True)

    assert refused.value.returncode == 1
    assert "No interview was found" in json.loads(capsys.readouterr().out)["error"]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_interview", tmp_path / "none.txt")


def test_no_interview_in_words(file, capsys):
    file.write_text("Nothing.")
    with pytest.raises(CommandError):
        call_command("import_interview", file)
    assert capsys.readouterr().out == ""
