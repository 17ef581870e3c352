"""Formats of questions: reading, rejected entries with their reason, and writing."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trivia.formats import FORMATS, MAX_FILE_BYTES, WRITABLE_FORMATS, UnreadableFile, read, write
from trivia.formats.lines import LONGEST_LINE
from trivia.formats.parsed import ParsedQuestion, Problem, difficulty_of, plain, question_or_problem


def opentdb(encode=str, **fields):
    row = {
        "type": "multiple", "difficulty": "easy", "category": "Entertainment: Film",
        "question": "Who directed M?", "correct_answer": "Fritz Lang", "incorrect_answers": ["F. W. Murnau", "G. W. Pabst"],
    } | fields  # fmt: skip
    return {
        name: [encode(each) for each in value] if isinstance(value, list) else encode(value)
        for name, value in row.items()
    }


def file_of(*rows):
    return json.dumps({"response_code": 0, "results": list(rows)}).encode()


def read_back(data, name=None, **more):
    """The questions of a file, each as (kind, text, choices, correct)."""
    reading = read(data, name, **more)
    assert reading.problems == []
    return [(each.kind, each.text, each.choices, each.correct) for each in reading.questions]


LANG = ("choice", "Who directed M?", ("Fritz Lang", "F. W. Murnau", "G. W. Pabst"), ("Fritz Lang",))


@pytest.mark.parametrize(
    "encode",
    [str, lambda text: base64.b64encode(text.encode()).decode(), quote],
    ids=["plain", "base64", "url3986"],
)
def test_opentdb_is_read(encode):
    reading = read(file_of(opentdb(encode)))

    assert reading.format == "opentdb"
    assert read_back(file_of(opentdb(encode))) == [LANG]
    assert (reading.questions[0].difficulty, reading.questions[0].tags) == (1, ("Entertainment: Film",))


def test_opentdb_entities_are_decoded_once():
    row = opentdb(
        question="Who said &quot;I&#039;ll be back&quot; &amp; when? &amp;lt;", correct_answer="L&eacute;on"
    )
    assert read(file_of(row)).questions[0].text == 'Who said "I\'ll be back" & when? &lt;'
    assert read(file_of(row)).questions[0].correct == ("Léon",)


def test_opentdb_reports_bad_rows_by_line():
    rows = [
        opentdb(type="boolean", question="M is silent.", correct_answer="False", incorrect_answers=["True"]),
        opentdb(correct_answer=""), opentdb(incorrect_answers=[]), opentdb(question="<script>x</script>"),
        opentdb(correct_answer="=HYPERLINK(\"x\")"), opentdb(incorrect_answers=["fritz lang", "x"]), "nonsense",
    ]  # fmt: skip
    reading = read(json.dumps(rows, indent=1).encode())

    assert [each.kind for each in reading.questions] == ["true_false"]
    assert reading.questions[0].choices == ("True", "False") and reading.questions[0].correct == ("False",)
    assert [each.reason for each in reading.problems] == [
        "An answer is empty.",
        "There is nothing to choose from: give at least two answers.",
        "There is no question.",
        "An answer looks like a spreadsheet formula.",
        "Two answers are the same.",
        "This is no question.",
    ]
    lines = json.dumps(rows, indent=1).split("\n")
    assert all(lines[each.line - 1].strip().startswith(("{", '"nonsense')) for each in reading.problems)


def test_invalid_base64_is_a_problem_of_its_row():
    encoded = opentdb(lambda text: base64.b64encode(text.encode()).decode())
    assert [each.reason for each in read(file_of(encoded, encoded | {"question": "?!"})).problems] == [
        "There is no question."
    ]


GIFT = r"""
// What Moodle writes
$CATEGORY: $course$/films

// [tag:silent]
// difficulty: hard
// source: The film's own titles.
::Lang:: Who directed M? { ~F. W. Murnau =Fritz Lang#Yes ~G. W. Pabst#no ####He did \= all of it. }

M has sound. {T#No, it has.}

::Several: two:: Which have\: sound? {~%50%M ~%50%Vampyr ~%-100%Nosferatu}

Name its city. {=Berlin =%100%Berlin, Germany}

[html]<p>Fritz &amp; Thea &lt;3?</p>{=yes ~no}

M was made in {=1931 ~1930} by Nero-Film.

Order them. {=2 -> M =1 -> Metropolis =3 -> Fury}

Write an essay. {}

When? {#1931:1}

Match. {=a -> b =c -> d}

No braces here.

Wrong { neither }
Odd weight {~%1.2.3%a =b}
"""


def test_gift_is_read():
    reading = read(GIFT.encode())

    assert reading.format == "gift"
    assert [(each.line, each.kind, each.text, each.choices, each.correct) for each in reading.questions] == [
        (8, "choice", "Who directed M?", ("F. W. Murnau", "Fritz Lang", "G. W. Pabst"), ("Fritz Lang",)),
        (10, "true_false", "M has sound.", ("True", "False"), ("True",)),
        (12, "several", "Which have: sound?", ("M", "Vampyr", "Nosferatu"), ("M", "Vampyr")),
        (14, "typed", "Name its city.", (), ("Berlin", "Berlin, Germany")),
        (16, "choice", "Fritz & Thea <3?", ("yes", "no"), ("yes",)),
        (18, "choice", "M was made in _____ by Nero-Film.", ("1931", "1930"), ("1931",)),
        (20, "order", "Order them.", ("Metropolis", "M", "Fury"), ("Metropolis", "M", "Fury")),
    ]
    lang = reading.questions[0]
    assert (lang.explanation, lang.tags, lang.difficulty) == ("He did = all of it.", ("silent",), 3)
    assert lang.source == "The film's own titles." and reading.questions[1].source == ""
    assert [(each.line, each.reason.split()[1]) for each in reading.problems] == [
        (22, "essay"), (24, "number"), (26, "matching"), (28, "are"), (30, "answers"),
    ]  # fmt: skip


def test_gift_weights_that_are_no_numbers_are_ignored():
    assert read_back(b"Odd {~%1.2.3%a =b}") == [("choice", "Odd", ("a", "b"), ("b",))]


def test_a_choice_of_true_and_false_is_true_or_false():
    assert read_back(b"So? {~True =False}") == [("true_false", "So?", ("True", "False"), ("False",))]


def test_aiken_is_read():
    text = b"Who directed M?\nA. F. W. Murnau\nB) Fritz Lang\nANSWER: b\n\nIs M\nsilent?\nA) True\nB) False\nANSWER: B\n"
    assert read_back(text) == [
        ("choice", "Who directed M?", ("F. W. Murnau", "Fritz Lang"), ("Fritz Lang",)),
        ("true_false", "Is M silent?", ("True", "False"), ("False",)),
    ]
    assert read(text).format == "aiken"


def test_aiken_reports_what_is_missing():
    text = "One?\nA. x\nB. y\n\nTwo?\nA. x\nB. y\nANSWER: C\nThree?\nANSWER: A\nANSWER: B\nFour?"
    reading = read(text.encode())

    assert [(each.line, each.reason.split(",")[0]) for each in reading.problems] == [
        (1, "There is no line that says ANSWER: and a letter."),
        (5, "The right answer is C"),
        (9, "The right answer is A"),
        (11, "There is no line that says ANSWER: and a letter."),
    ]


def test_opentriviaqa_is_read_with_mixed_encodings():
    data = (
        b"#Q Who plays L\xe9on?\n^ Jean Reno\nA Gary Oldman\nB Jean reno\nC Danny Aiello\n\n"
        + "#Q Who directed\nAmélie?\n^ Jean-Pierre Jeunet\nA Jean-Pierre\nJeunet\nB Luc Besson\n\n".encode()
        + b"#Q Is it?\n^ True\nA True\nB False\n#Q Nobody\n^ x\nA y\nB z\n#Q No key\nA y\n"
        + b"#Q Long key\n^ a\nb\nA a b\nB c\n"
    )
    reading = read(data)

    assert reading.format == "opentriviaqa"
    assert [(each.kind, each.text, each.correct) for each in reading.questions] == [
        ("choice", "Who plays Léon?", ("Jean reno",)),
        ("choice", "Who directed Amélie?", ("Jean-Pierre Jeunet",)),
        ("true_false", "Is it?", ("True",)),
        ("choice", "Long key", ("a b",)),
    ]
    assert [(each.line, each.reason) for each in reading.problems] == [
        (18, "The right answer is not among the answers."),
        (22, "No answer is marked as right."),
    ]


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- <question type="essay"> in a comment -->
<question type="category"><category><text>films</text></category></question>
<question type="multichoice"><name><text>Lang</text></name>
 <questiontext format="html"><text><![CDATA[<p>Who directed <em>M</em>? <script>alert(1)</script>
 <question type="x"></p>]]></text></questiontext>
 <generalfeedback format="html"><text>&lt;p&gt;He did.&lt;/p&gt;</text></generalfeedback>
 <single>true</single>
 <answer fraction="100"><text>Fritz Lang</text></answer><answer fraction="0"><text>Pabst &amp;amp; Co.</text></answer>
 <tags><tag><text>silent</text></tag><tag><text>difficulty:2</text></tag></tags></question>
<question type="multichoice"><questiontext><text>Which?</text></questiontext><single>false</single>
 <answer fraction="50"><text>a</text></answer><answer fraction="50"><text>b</text></answer><answer fraction="x"><text>c</text></answer></question>
<question type="truefalse"><questiontext><text>So?</text></questiontext>
 <answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer></question>
<question type="shortanswer"><questiontext><text>City?</text></questiontext><answer fraction="100"><text>Berlin</text></answer></question>
<question type="ordering"><questiontext><text>Order.</text></questiontext><answer><text>a</text></answer><answer><text>b</text></answer></question>
<question type="truefalse"><questiontext><text>Nobody knows.</text></questiontext></question>
<question type="cloze"><questiontext><text>{1:x}</text></questiontext></question>
</quiz>"""


def test_moodle_is_read():
    reading = read(MOODLE.encode())

    assert reading.format == "moodle"
    assert [(each.line, each.kind, each.text, each.choices, each.correct) for each in reading.questions] == [
        (5, "choice", "Who directed M?", ("Fritz Lang", "Pabst & Co."), ("Fritz Lang",)),
        (12, "several", "Which?", ("a", "b", "c"), ("a", "b")),
        (14, "true_false", "So?", ("True", "False"), ("False",)),
        (16, "typed", "City?", (), ("Berlin",)),
        (17, "order", "Order.", ("a", "b"), ("a", "b")),
    ]
    assert reading.questions[0].explanation == "He did."
    assert (reading.questions[0].tags, reading.questions[0].difficulty) == (("silent",), 2)
    assert [(each.line, each.reason) for each in reading.problems] == [
        (18, "No answer is marked as right."),
        (19, "“cloze” is a kind we do not have."),
    ]


def test_moodle_with_xml_entities_or_broken_xml_is_refused():
    bomb = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "b">]><quiz><question>&a;</question></quiz>'
    for text in (bomb, "<quiz><question></quiz>"):
        with pytest.raises(UnreadableFile, match="no Moodle XML"):
            read(text.encode())


TABLE = (
    "Question;Right answer;Wrong answer 1;wrong_answer_2;Feedback;Level\r\n"
    'Who "is" M?;Hans Beckert;Franz;;"Peter Lorre;\r\nplays him.";medium\r\n'
    "City?;Berlin;;;;\r\n"
    ";x;y;;;\r\n"
    "Run?;=cmd|' /C calc'!A0;y;;;\r\n"
    "Minus?;-5;'-6;;;\r\n"
    "Talkie?;true;False;;;\r\n"
)


def test_a_table_with_other_headings_and_delimiter_is_read():
    reading = read(TABLE.encode("utf-16"))

    assert reading.format == "csv"
    assert [(each.line, each.kind, each.text, each.choices, each.correct) for each in reading.questions] == [
        (2, "choice", 'Who "is" M?', ("Hans Beckert", "Franz"), ("Hans Beckert",)),
        (4, "typed", "City?", (), ("Berlin",)),
        (7, "choice", "Minus?", ("-5", "-6"), ("-5",)),
        (8, "true_false", "Talkie?", ("true", "False"), ("true",)),
    ]
    assert (reading.questions[0].explanation, reading.questions[0].difficulty) == (
        "Peter Lorre; plays him.",
        2,
    )
    assert [(each.line, each.reason) for each in reading.problems] == [
        (5, "There is no question."),
        (6, "An answer looks like a spreadsheet formula."),
    ]


def test_headings_mapped_by_an_editor_are_used():
    data = b"Frage,Antwort,Falsch\nWer?,Lang,Pabst\n"
    with pytest.raises(UnreadableFile, match="must name the columns"):
        read(data, "csv")
    mapped = {"Frage": "question", "Antwort": "correct_answer", "Falsch": "wrong_answer_1"}
    assert read_back(data, "csv", headings=mapped) == [("choice", "Wer?", ("Lang", "Pabst"), ("Lang",))]
    assert FORMATS["csv"].headings_of(data.decode()) == [("Frage", ""), ("Antwort", ""), ("Falsch", "")]
    assert FORMATS["csv"].headings_of("Text|Correct|Wrong 3\n")[2] == ("Wrong 3", "wrong_answer_3")


def test_a_table_with_unknown_kinds_or_open_quotation_marks_has_problems():
    assert "essay" in read(b"question,correct_answer,kind\nWhy?,x,essay\n").problems[0].reason
    with pytest.raises(UnreadableFile, match="From line 2 on"):
        read(
            b'question,correct_answer\n"'
            + b"x" * (LONGEST_LINE - 1)
            + b"\n"
            + (b"y" * LONGEST_LINE + b"\n") * 11
        )


@pytest.mark.parametrize("name", ["gift", "aiken", "opentriviaqa", "csv"])
def test_a_line_of_ten_megabytes_is_the_only_problem(name):
    good = {
        "gift": b"Who? {=a ~b}\n\n", "aiken": b"Who?\nA. a\nB. b\nANSWER: A\n", "opentriviaqa": b"#Q Who?\n^ a\nA a\nB b\n",
        "csv": b"question,correct_answer,wrong_answer_1\nWho?,a,b\n",
    }[name]  # fmt: skip
    reading = read(good + b"x" * 10_000_000 + b"\n" + (b"" if name == "csv" else good), name)

    assert [each.text for each in reading.questions][0] == "Who?"
    assert "longer than" in reading.problems[0].reason


def test_nuls_and_invisible_characters_are_removed():
    assert read_back("W\0ho\u202e? {=a\x01 ~b}".encode()) == [("choice", "Who?", ("a", "b"), ("a",))]
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
        assert read_back("Who are they? {=a ~b}\n".encode(encoding)) == [
            ("choice", "Who are they?", ("a", "b"), ("a",))
        ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"  \n", "nothing in this file"), (b"Just prose.", "none of the formats"),
        (b'{"correct_answer": ', "no JSON"), (b'{"correct_answer": 1}', "no list of questions"),
        (b"[" * 100_000 + b'"correct_answer"', "no JSON"), (b"x" * (MAX_FILE_BYTES + 1), "larger than"),
    ],
    ids=["empty", "prose", "half", "other", "deep", "big"],
)  # fmt: skip
def test_files_of_no_format_are_unreadable(data, words):
    with pytest.raises(UnreadableFile, match=words):
        read(data)


def test_invalid_questions_and_large_files_are_refused():
    assert "longer than" in question_or_problem(1, "typed", "x" * 2000, correct=["a"]).reason
    assert "longer than" in question_or_problem(1, "typed", "x", correct=["a" * 300]).reason
    assert "longer than" in question_or_problem(1, "typed", "x", correct=["a"], source="s" * 2000).reason
    assert (
        "more than"
        in question_or_problem(1, "choice", "x", choices=list("abcdefghijklmn"), correct=["a"]).reason
    )
    assert "empty" in question_or_problem(1, "choice", "x", choices=["", "a"], correct=["a"]).reason
    assert "formula" in question_or_problem(1, "typed", "=SUM(A1)", correct=["a"]).reason
    assert "not among" in question_or_problem(1, "choice", "x", choices=["b", "c"], correct=["a"]).reason
    assert (
        "More than one"
        in question_or_problem(1, "choice", "x", choices=["b", "c"], correct=["b", "c"]).reason
    )


def test_html_tags_are_removed_and_arithmetic_is_kept():
    assert plain("if a<b then 1 < 2") == "if a<b then 1 < 2"
    assert plain("<i>&lt;b&gt;bold&lt;/b&gt;</i>") == "bold"
    assert plain("one<br>two<script>three</script>") == "one two"


def test_difficulties_are_recognised():
    assert [difficulty_of(each) for each in ("Easy", " hard ", "2", 3, "", None, "9")] == [
        1,
        3,
        2,
        3,
        None,
        None,
        None,
    ]


def test_our_own_json_is_read():
    item = {"text": "Who?", "kind": "choice", "choices": ["a", "b"], "correct": ["a"], "tags": None}
    data = json.dumps({"questions": [item, {"kind": "essay"}, 3]}).encode()
    reading = read(data)

    assert reading.format == "json" and len(reading.questions) == 1 and len(reading.problems) == 2
    assert reading.as_dict()["accepted"] == 1 and reading.as_dict()["questions"][0]["correct"] == ["a"]


# Texts that the bank may contain: any text that cleaning does not change.
words = st.text(min_size=1, max_size=40).map(plain).filter(lambda text: text and "->" not in text)
notes = st.one_of(st.just(""), words)


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(["choice", "several", "typed", "order", "true_false"]))
    answers = draw(st.lists(words, min_size=2, max_size=6, unique_by=str.casefold))
    if kind == "true_false":
        answers = ["True", "False"]
    some = st.lists(st.sampled_from(answers), min_size=1, max_size=len(answers), unique=True)
    correct = {"choice": answers[-1:], "true_false": answers[:1], "typed": answers, "order": answers}.get(
        kind
    )
    more = {
        "explanation": draw(notes), "source": draw(notes), "difficulty": draw(st.sampled_from([None, 1, 2, 3])),
        "tags": draw(st.lists(words.filter(lambda text: ";" not in text and ":" not in text), max_size=2, unique=True)),
    }  # fmt: skip
    choices = [] if kind == "typed" else answers
    parsed = question_or_problem(1, kind, draw(words), choices=choices, correct=correct or draw(some), **more)
    return parsed if isinstance(parsed, ParsedQuestion) else draw(st.nothing())


@pytest.mark.parametrize("name", WRITABLE_FORMATS)
@given(several=st.lists(questions(), min_size=1, max_size=3))
def test_written_questions_are_read_back_unchanged(name, several):
    reading = read(write(several, name).encode(), name)

    assert reading.problems == []
    assert [each.as_dict() for each in reading.questions] == [each.as_dict() for each in several]


@pytest.mark.parametrize("name", WRITABLE_FORMATS)
def test_the_format_of_a_written_file_is_detected(name):
    assert (
        read(write([ParsedQuestion(1, "choice", "Who?", ("a", "b"), ("a",))], name).encode()).format == name
    )


@given(data=st.binary(max_size=400), name=st.sampled_from([None, *FORMATS]))
def test_any_bytes_are_read_or_refused_without_an_error(data, name):
    try:
        reading = read(data, name)
    except UnreadableFile:
        return
    assert all(isinstance(each, ParsedQuestion) for each in reading.questions)
    assert all(isinstance(each, Problem) for each in reading.problems)
