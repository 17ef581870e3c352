import pytest

from interviews.opening import closing_paragraphs, is_afterword, is_nav, read_opening


def test_takes_an_intro_apart():
    opening = read_opening(
        "Home | Reviews | Trivia | Contest | Gallery | About\n\nA headline without a stop\nInterview by: June Hallorand\n"
        "Photos: Sam Brightwater\n\nThey meet. June Hallorand with Ife Okafor in the desert"
    )

    assert opening.headline == "A headline without a stop"
    assert opening.byline == "June Hallorand"
    assert opening.credits == ["Sam Brightwater"]
    assert (opening.paragraphs, opening.caption) == (
        ["They meet."],
        "June Hallorand with Ife Okafor in the desert",
    )


def test_one_paragraph_is_no_headline():
    assert read_opening("They meet in a lobby").headline == ""
    assert read_opening("").paragraphs == []


@pytest.mark.parametrize(
    ("line", "nav"),
    [
        ("Home  Reviews  Trivia  Contest  Press  Blog", True),
        ("One, two, three, four, five, six", False),
        ("A | B", False),
    ],
)
def test_knows_a_row_of_links(line, nav):
    assert is_nav(line) is nav


def test_a_footer_is_cut_off():
    assert closing_paragraphs(
        "The film opens Friday.\nJ-R Enterprises, Tempe.\nAll rights reserved.\nMore"
    ) == ["The film opens Friday."]
    assert closing_paragraphs("© 1998") == []
    assert closing_paragraphs("Only this.") == ["Only this."]


@pytest.mark.parametrize("text", ["This interview was edited.", "Ruby Sparks is out now on disc.", "© 2012"])
def test_knows_an_afterword(text):
    assert is_afterword(text)
    assert not is_afterword("I was out now and then.")
