import pytest

from interviews.intro_outro import closing_paragraphs, is_afterword, is_nav_line, split_intro


def test_an_intro_is_taken_apart():
    intro_parts = split_intro(
        "Home | Reviews | Trivia | Contest | Gallery | About\n\nA headline without a stop\nInterview by: June Hallorand\n"
        "Photos: Sam Brightwater\n\nThey meet. June Hallorand with Ife Okafor in the desert"
    )

    assert intro_parts.headline == "A headline without a stop"
    assert intro_parts.byline == "June Hallorand"
    assert intro_parts.credits == ["Sam Brightwater"]
    assert (intro_parts.paragraphs, intro_parts.caption) == (
        ["They meet."],
        "June Hallorand with Ife Okafor in the desert",
    )


def test_a_single_paragraph_is_no_headline():
    assert split_intro("They meet in a lobby").headline == ""
    assert split_intro("").paragraphs == []


@pytest.mark.parametrize(
    ("line", "nav"),
    [
        ("Home  Reviews  Trivia  Contest  Press  Blog", True),
        ("One, two, three, four, five, six", False),
        ("A | B", False),
    ],
)
def test_a_row_of_links_is_recognised(line, nav):
    assert is_nav_line(line) is nav


def test_a_footer_is_removed():
    assert closing_paragraphs(
        "The film opens Friday.\nJ-R Enterprises, Tempe.\nAll rights reserved.\nMore"
    ) == ["The film opens Friday."]
    assert closing_paragraphs("© 1998") == []
    assert closing_paragraphs("Only this.") == ["Only this."]


@pytest.mark.parametrize("text", ["This interview was edited.", "Ruby Sparks is out now on disc.", "© 2012"])
def test_an_afterword_is_recognised(text):
    assert is_afterword(text)
    assert not is_afterword("I was out now and then.")
