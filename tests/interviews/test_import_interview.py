import json

import pytest
from django.core.management import CommandError, call_command

from interviews.models import Interview
from tests.interviews.test_importer import TEXT

GUESSED = "Is it fun?\n\nYes.\n\nWhy is that?\n\nSo it is.\n\nAnd now?\n\nNow I go."


@pytest.fixture
def transcript_file(tmp_path, db):
    path = tmp_path / "talk.txt"
    path.write_text(TEXT)
    return path


def test_json_prints_the_parse_and_saves_nothing(transcript_file, capsys):
    call_command("import_interview", transcript_file, json=True)

    parsed = json.loads(capsys.readouterr().out)
    assert set(parsed) == {"confidence", "intro", "turns", "outro", "speakers", "byline", "credits"}
    assert (parsed["confidence"], parsed["byline"], parsed["credits"]) == (
        "high",
        "Nora Tamblyn",
        ["Sam Brightwater"],
    )
    assert parsed["turns"][1] == {"kind": "answer", "speaker": "Marsh", "text": "Vertigo was <b>."}
    assert not Interview.objects.exists()


def test_the_command_saves_a_draft_once(transcript_file, capsys):
    call_command("import_interview", transcript_file)
    call_command("import_interview", transcript_file)

    printed = capsys.readouterr().out
    assert "2 questions and 3 answers by cinemaCLIPS, Marsh, Okafor (high confidence)." in printed
    assert "saved as a draft: /interviews/two-in-the-desert/" in printed
    assert "was here already" in printed
    assert Interview.objects.count() == 1


def test_a_dry_run_saves_nothing(transcript_file):
    call_command("import_interview", transcript_file, dry_run=True)
    assert not Interview.objects.exists()


def test_a_low_confidence_transcript_is_saved_only_with_yes(transcript_file):
    transcript_file.write_text(GUESSED)
    with pytest.raises(CommandError, match="not sure, so nothing was saved"):
        call_command("import_interview", transcript_file)
    assert not Interview.objects.exists()

    call_command("import_interview", transcript_file, yes=True)
    assert Interview.objects.count() == 1


def test_a_text_that_is_no_interview_is_an_error(transcript_file, capsys):
    transcript_file.write_text("A man walks into a cinema.")
    with pytest.raises(CommandError) as refused:
        call_command("import_interview", transcript_file, json=True)

    assert refused.value.returncode == 1
    assert "No interview was found" in json.loads(capsys.readouterr().out)["error"]


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_interview", tmp_path / "none.txt")


def test_without_json_an_error_prints_nothing_to_stdout(transcript_file, capsys):
    transcript_file.write_text("Nothing.")
    with pytest.raises(CommandError):
        call_command("import_interview", transcript_file)
    assert capsys.readouterr().out == ""
