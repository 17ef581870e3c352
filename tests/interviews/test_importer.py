import pytest

from interviews.importer import import_transcript, suggested_names
from interviews.models import Interview
from interviews.parser import parse
from magazine.models import Contributor
from tests.factories import make_contributor, make_person

TEXT = """Two in the desert

By Nora Tamblyn
Photo by Sam Brightwater

Dolores Marsh and Ife Okafor made a film.

cinemaCLIPS: Fun?

Marsh: *Vertigo* was <b>.
Okafor: Yes.

(They laugh.)

cinemaCLIPS: Why?

Marsh: So.
"""


def test_a_parsed_transcript_becomes_a_draft(db):
    dolores = make_person(name="Dolores Marsh")
    nora = make_contributor(name="Nora Tamblyn")
    interview = import_transcript(parse(TEXT), TEXT)

    assert (interview.title, interview.slug, interview.published_at) == (
        "Two in the desert",
        "two-in-the-desert",
        None,
    )
    assert interview.body == "<p>Dolores Marsh and Ife Okafor made a film.</p>"
    assert interview.transcript == TEXT
    names = {
        speaker.short_name: (speaker.name, speaker.is_interviewer, speaker.person)
        for speaker in interview.speakers.all()
    }
    assert names == {
        "cinemaCLIPS": ("cinemaCLIPS", True, None),
        "Marsh": ("Dolores Marsh", False, dolores),
        "Okafor": ("Ife Okafor", False, None),
    }
    assert interview.turns.all()[1].text == "<p><em>Vertigo</em> was &lt;b&gt;.</p>"
    assert interview.turns.get(kind="direction").speaker is None
    assert list(interview.people.all()) == [dolores]
    assert [str(line) for line in interview.bylines.all()] == [
        "Words by Nora Tamblyn",
        "Photos by Sam Brightwater",
    ]
    assert Contributor.objects.get(name="Nora Tamblyn") == nora
    assert "vertigo" in interview.search_text


def test_the_same_text_imported_twice_gets_two_slugs(db):
    import_transcript(parse(TEXT), TEXT)
    assert import_transcript(parse(TEXT), TEXT, title="Two in the desert").slug == "two-in-the-desert-2"


def test_names_come_from_the_text_alone():
    shouting = "Ann Ames met FARIS.\n\nQ: Fun?\nFARIS: Yes.\nMARY LEE: No.\nFARIS: So.\nMARY LEE: Well.\nBob: Hm.\nBob: Hm."
    assert suggested_names(parse(shouting)) == {"FARIS": "Faris", "MARY LEE": "Mary Lee", "Bob": "Bob"}


def test_a_surname_in_capitals_finds_its_first_name():
    assert suggested_names(parse("Anna Faris is late.\n\nQ: Fun?\nFARIS: Yes.\nQ: Why?\nFARIS: So.")) == {
        "FARIS": "Anna Faris"
    }


def test_italics_of_the_introduction_stay_and_its_bold_does_not(db):
    text = "**She made _Vertigo_ again.**\n\n**Twice.** Again.\n\nQ: Fun?\nA: Yes.\nQ: Why?\nA: So.\n\nThe film _M_ is out now."
    interview = import_transcript(parse(text), text)

    assert interview.body == "<p>She made <em>Vertigo</em> again.</p><p><strong>Twice.</strong> Again.</p>"
    assert interview.afterword == "<p>The film <em>M</em> is out now.</p>"


def test_a_name_in_capitals_is_saved_with_normal_capitals(db):
    text = "QUESTION: Fun?\n\nANNA FARIS: Yes.\n\nQUESTION: Why?\n\nANNA FARIS: So."
    interview = import_transcript(parse(text), text)

    assert interview.title == "Untitled interview"
    assert [(each.short_name, each.name) for each in interview.speakers.all()] == [
        ("Faris", "Anna Faris"),
        ("cinemaCLIPS", "cinemaCLIPS"),
    ]


def test_an_answer_without_a_name_can_be_given_one(db):
    text = "Q: Fun?\nA: Yes.\nQ: Why?\nA: So."
    given = import_transcript(parse(text), text, names={"": "Marguerite Solano"})
    unnamed = import_transcript(parse(text), text)

    assert {each.short_name for each in given.speakers.all()} == {"cinemaCLIPS", "Solano"}
    assert {each.short_name for each in unnamed.speakers.all()} == {"cinemaCLIPS", "Answer"}


def test_a_failed_import_saves_nothing(db, monkeypatch):
    monkeypatch.setattr("interviews.importer._create_bylines", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_transcript(parse(TEXT), TEXT)
    assert not Interview.objects.exists()
