"""Parsing pasted interviews: the usual conventions, and that no word is lost."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from interviews.input_formats import decode_text, extract_lines, strip_emphasis
from interviews.intro_outro import closing_paragraphs
from interviews.parser import TranscriptNotFound, parse

SEED = Path(settings.BASE_DIR).parent / "shared/seeds/000_60707eb556b6a36e.txt"


def parsed_turns(text):
    return [(turn.kind[0], turn.speaker, strip_emphasis(turn.text)) for turn in parse(text).turns]


def word_count(text):
    return len(text.split())


CONVENTIONS = {
    "capitals": (
        "QUESTION: You seem to have fun?\n\nANNA FARIS: I do, mostly.\n\nQUESTION: Always?\n\nANNA FARIS: No.",
        [("q", "", "You seem to have fun?"), ("a", "ANNA FARIS", "I do, mostly."), ("q", "", "Always?"), ("a", "ANNA FARIS", "No.")],
    ),
    "surnames": (
        "Question: Fun?\nFaris: Yes.\nQuestion: Why?\nFaris: Because.",
        [("q", "", "Fun?"), ("a", "Faris", "Yes."), ("q", "", "Why?"), ("a", "Faris", "Because.")],
    ),
    "both names in full": (
        "Paul Fischer: Is it fun?\n\nAnna Faris: It is.\n\nPaul Fischer: Truly?\n\nAnna Faris: Truly.",
        [("q", "Paul Fischer", "Is it fun?"), ("a", "Anna Faris", "It is."), ("q", "Paul Fischer", "Truly?"), ("a", "Anna Faris", "Truly.")],
    ),
    "outlet initials": (
        "DP: Fun?\nFaris: Yes.\nDP: Why?\nFaris: Alien: Romulus came out at 10:30.",
        [("q", "DP", "Fun?"), ("a", "Faris", "Yes."), ("q", "DP", "Why?"), ("a", "Faris", "Alien: Romulus came out at 10:30.")],
    ),
    "brackets": (
        "(Q): Fun?\n(A-Faris): Yes.\n(A- Dayton): No.\n(Q) Why?\n(A-Faris): So.",
        [("q", "", "Fun?"), ("a", "Faris", "Yes."), ("a", "Dayton", "No."), ("q", "", "Why?"), ("a", "Faris", "So.")],
    ),
    "numbers": (
        "Q-1: Fun?\nA-1: Yes.\nQ-2: Why?\nA-2: So.",
        [("q", "", "Fun?"), ("a", "", "Yes."), ("q", "", "Why?"), ("a", "", "So.")],
    ),
    "time codes": (
        "[00:12:03] Interviewer: Fun?\n[00:12:09] Faris: Yes.\n[00:12:20] Interviewer: Why?\n[00:12:22] Faris: So.",
        [("q", "Interviewer", "Fun?"), ("a", "Faris", "Yes."), ("q", "Interviewer", "Why?"), ("a", "Faris", "So.")],
    ),
    "a line of its own": (
        "Bulbanews:\nFun?\n\nPomfret:\nYes.\n\nBulbanews:\nWhy?\n\nPomfret:\nSo.",
        [("q", "Bulbanews", "Fun?"), ("a", "Pomfret", "Yes."), ("q", "Bulbanews", "Why?"), ("a", "Pomfret", "So.")],
    ),
    "french spacing": (
        "Claire : Ça va ?\nCorinne : Voilà.\nClaire : Vraiment ?\nCorinne : Oui.",
        [("q", "Claire", "Ça va ?"), ("a", "Corinne", "Voilà."), ("q", "Claire", "Vraiment ?"), ("a", "Corinne", "Oui.")],
    ),
    "all in one line": (
        "AI: Is it fun? User: Yes. AI: Why? User: So it goes.",
        [("q", "AI", "Is it fun?"), ("a", "User", "Yes."), ("q", "AI", "Why?"), ("a", "User", "So it goes.")],
    ),
    "bold markdown labels": (
        "**DP:** Fun?\n\n**Faris:** *Vertigo*, yes.\n\n**DP:** Why?\n\n**Faris:** So.",
        [("q", "DP", "Fun?"), ("a", "Faris", "Vertigo, yes."), ("q", "DP", "Why?"), ("a", "Faris", "So.")],
    ),
    "bold questions": (
        "She sits.\n\n**Is it fun?**\n\nYes.\n\nVery.\n\n**Why?**\n\nSo.",
        [("q", "", "Is it fun?"), ("a", "", "Yes.\n\nVery."), ("q", "", "Why?"), ("a", "", "So.")],
    ),
    "bold questions in one block of html": (
        "<p><b>Is it fun?</b><br>Yes.</p><p><b>Why?</b><br>So.</p><p><b>Tell me more.</b><br>No.</p>",
        [("q", "", "Is it fun?"), ("a", "", "Yes."), ("q", "", "Why?"), ("a", "", "So."), ("q", "", "Tell me more."), ("a", "", "No.")],
    ),
    "dots": (
        "Q. Fun?\nA. Yes. A. Hitchcock was.\nQ. Why?\nA. So.",
        [("q", "", "Fun?"), ("a", "", "Yes. A. Hitchcock was."), ("q", "", "Why?"), ("a", "", "So.")],
    ),
    "dashes": (
        "Marsh – Is it fun?\nOkafor – Yes.\nMarsh – Why?\nOkafor – So.",
        [("q", "Marsh", "Is it fun?"), ("a", "Okafor", "Yes."), ("q", "Marsh", "Why?"), ("a", "Okafor", "So.")],
    ),
    "full-width colons": (
        "Q：Fun?\nA：Yes.\nQ：Why?\nA：So.",
        [("q", "", "Fun?"), ("a", "", "Yes."), ("q", "", "Why?"), ("a", "", "So.")],
    ),
    "html": (
        "<p><b>DP:</b> Fun?</p><p><b>Faris:</b> <i>Vertigo</i>, yes.</p><script>x</script><p><b>DP:</b> Why?<br>And how?</p><p><b>Faris:</b> So.</p>",
        [("q", "DP", "Fun?"), ("a", "Faris", "Vertigo, yes."), ("q", "DP", "Why?\nAnd how?"), ("a", "Faris", "So.")],
    ),
    "webvtt": (
        "\ufeffWEBVTT - talk\r\n\r\nNOTE a note\r\n\r\n1\r\n00:01.000 --> 00:02.000 align:start\r\n<v Paul>Is it\r\nfun?</v>\r\n\r\n00:02.000 --> 00:03.000\r\n<v Anna>Yes.\r\n\r\n00:03.000 --> 00:04.000\r\n<v Paul>Why? <v Anna>So.",
        [("q", "Paul", "Is it\nfun?"), ("a", "Anna", "Yes."), ("q", "Paul", "Why?"), ("a", "Anna", "So.")],
    ),
    "srt": (
        "1\n00:00:01,000 --> 00:00:02,000\nPaul: Is it fun?\n\n2\n00:00:02,000 --> 00:00:03,000\nAnna: Yes.\n\n3\n00:00:03,000 --> 00:00:04,000\nPaul: Why?\n\n4\n00:00:04,000 --> 00:00:05,000\nAnna: So.\n",
        [("q", "Paul", "Is it fun?"), ("a", "Anna", "Yes."), ("q", "Paul", "Why?"), ("a", "Anna", "So.")],
    ),
    "press and audience": (
        "Press: Fun?\nFaris: Yes.\nAudience: Why?\nFaris: So.\nAll: (Laughter.)",
        [("q", "Press", "Fun?"), ("a", "Faris", "Yes."), ("q", "Audience", "Why?"), ("a", "Faris", "So."), ("d", "", "(Laughter.)")],
    ),
    "a roundtable without question marks": (
        "Ann Ames: Tell me.\n\nBob: One.\n\nCal: Two.\n\nAnn Ames: Go on.\n\nBob: Three.\n\nCal: Four.",
        [("q", "Ann Ames", "Tell me."), ("a", "Bob", "One."), ("a", "Cal", "Two."), ("q", "Ann Ames", "Go on."), ("a", "Bob", "Three."), ("a", "Cal", "Four.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_usual_conventions_are_parsed(name):
    text, expected = CONVENTIONS[name]

    assert parsed_turns(text) == expected
    assert parse(text).confidence == "high"


def test_a_bracket_that_does_not_close_is_no_label():
    text = "Q: Fun?\nA: Yes.\n(Faris: no.\n(Faris: no.\nQ: Why?\nA: So."

    assert parse(text).speakers == []


def test_stage_directions_are_turns_of_their_own():
    text = "Q: Fun?\n\nA: Yes.\n\n[a siren passes]\n\nQ: Why?\n\nA: So."

    assert parsed_turns(text)[2] == ("d", "", "[a siren passes]")


def test_a_paragraph_without_a_label_continues_the_turn():
    text = "Q: Fun?\n\nA: Yes.\n\nVery much.\n\nQ: Why?\n\nA: So.\n\nIt goes."

    assert parsed_turns(text)[1] == ("a", "", "Yes.\n\nVery much.")
    assert parsed_turns(text)[3] == ("a", "", "So.\n\nIt goes.")


def test_what_follows_the_last_turn_is_the_afterword():
    text = "Q: Fun?\n\nA: Yes.\n\nQ: Why?\n\nA: So.\n\nThe film is out now."
    assert parse(text).outro == "The film is out now."


@pytest.mark.parametrize("label", ["Note", "Spoiler", "Photo", "By", "It"])
def test_some_words_are_never_labels(label):
    text = f"Q: Fun?\nA: Yes.\n{label}: one.\n{label}: two.\nQ: Why?\nA: So."

    assert parse(text).speakers == []


def test_alternating_paragraphs_have_low_confidence():
    text = "She sits.\n\nIs it fun?\n\nYes.\n\nWhy is that?\n\nSo it is.\n\n[laughs]\n\nAnd now?\n\nNow I go.\n\nThe film is out now."
    transcript = parse(text)

    assert transcript.confidence == "low"
    assert [turn.kind[0] for turn in transcript.turns] == list("qaqadqa")
    assert (transcript.intro, transcript.outro) == ("She sits.", "The film is out now.")


def test_answers_alone_have_low_confidence():
    assert parse("Faris: Yes.\nFaris: No.\n").confidence == "low"


@pytest.mark.parametrize(
    "text",
    ["", "A man walks into a cinema.", "Why? Because.\n\nNo.", "Note: one.\nNote: two.", "Title: x\nOther: y", "Q: Only one?", "[laughs]\n\n[laughs]"],
)  # fmt: skip
def test_a_text_that_is_no_interview_is_refused(text):
    with pytest.raises(TranscriptNotFound, match="No interview was found"):
        parse(text)


WORDS = st.sampled_from(
    ["yes", "no?", "Metropolis", "*Vertigo*", "10:30", "Alien: Romulus", "[laughs]", "Note:", "so.", "–", "é"]
)
SPEAKERS = st.sampled_from(
    ["Q: ", "A: ", "(A-Faris): ", "Faris: ", "**DP:** ", "", "Anna Faris : ", "[00:01:02] Press: "]
)
LINES = st.lists(
    st.tuples(SPEAKERS, st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["\n", "\n\n"])), max_size=14
)


@given(LINES)
def test_no_word_is_lost_and_none_is_invented(lines):
    text = "".join(label + " ".join(words) + end for label, words, end in lines)
    try:
        transcript = parse(text)
    except TranscriptNotFound:
        return

    out = [transcript.intro, transcript.outro, *(turn.text for turn in transcript.turns), *transcript.labels]
    letters = sorted(re.sub(r"[\s*\ue000-\ue003]", "", text))
    assert sorted(re.sub(r"[\s*\ue000-\ue003]", "", "".join(out))) == letters


@pytest.mark.skipif(
    not SEED.exists() and os.environ.get("CI") != "true", reason=f"the old page is not at {SEED}"
)
def test_an_interview_of_the_old_site_is_parsed():
    text = decode_text(SEED.read_bytes())
    transcript = parse(text)
    intro_parts = transcript.intro_parts
    kinds = [turn.kind for turn in transcript.turns]

    assert (kinds.count("question"), kinds.count("answer")) == (4, 11)
    assert transcript.speakers == ["Faris", "Dayton"]
    assert (intro_parts.byline, intro_parts.credits) == ("Michelle Tennis", ["Amber Kelley"])
    assert intro_parts.headline.startswith("Love, life and Ruby")
    assert intro_parts.caption == "Michelle Tennis with Jonathan Dayton and Valerie Faris"
    assert len(intro_parts.paragraphs) == 2 and len(intro_parts.boilerplate) == 2
    assert (
        transcript.outro.startswith("For more information") and len(closing_paragraphs(transcript.outro)) == 2
    )
    parts = [
        transcript.intro,
        transcript.outro,
        *(turn.text for turn in transcript.turns),
        *transcript.labels,
    ]
    assert word_count(text) == sum(map(word_count, parts))


def test_files_in_any_encoding_are_read():
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert decode_text("Q: Ça va ?".encode(encoding)) == "Q: Ça va ?"
    assert decode_text(b"Q: \x81")


def test_subtitle_blocks_without_times_are_not_dropped():
    lines = extract_lines("WEBVTT\n\n00:01.000 --> 00:02.000\nPaul: Hi\n\nstray words\n")
    assert lines == ["Paul: Hi", "stray words"]


def test_tables_keep_their_cells_apart():
    lines = extract_lines("<table><tr><td>Q:</td><td>Fun?</td></tr></table><title>t</title><p>x</p>")
    assert [line for line in lines if line] == ["Q: Fun?", "x"]
