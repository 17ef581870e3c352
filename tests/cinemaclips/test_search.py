"""
Queries and the results that they must have, with SQLite and with PostgreSQL.

tests/test_postgresql.py runs this module again with PostgreSQL.
"""

import json

import pytest

from magazine.models import Article, StaticPage, Word
from magazine.search.excerpts import excerpt
from tests.factories import (
    make_contributor,
    make_credit,
    make_film,
    make_interview,
    make_link,
    make_person,
    make_post,
    make_review,
)

# Query → the titles of the pieces found, best first.
TITLES_BY_QUERY = {
    "metropolis": ["Metropolis", "Cities on film"],
    "METROPOLIS": ["Metropolis", "Cities on film"],
    "metro": ["Metropolis", "Cities on film"],
    "  metropolis!?  ": ["Metropolis", "Cities on film"],
    "cléo": ["Cléo from 5 to 7"],
    "cleo": ["Cléo from 5 to 7"],
    "Cle\u0301o": ["Cléo from 5 to 7"],
    "cleo 5 7": ["Cléo from 5 to 7"],
    "cleo from five to seven": ["Cléo from 5 to 7"],
    "straße": ["Cities on film"],
    "strasse": ["Cities on film"],
    "smørrebrød": ["Cities on film"],
    "smorrebrod": ["Cities on film"],
    "crane's": ["Metropolis"],
    "cranes": ["Metropolis"],
    "crane’s": ["Metropolis"],
    "rock & roll": ["Cities on film"],
    "rock and roll": ["Cities on film"],
    "roll rock": ["Cities on film"],
    "зеркало": ["Зеркало"],
    "ЗЕРК": ["Зеркало"],
    "羅生門": ["羅生門"],
    "2001": ["Cities on film"],
    "200": ["Cities on film"],
    "film city": ["Cities on film"],
    "light": ["Light", "Metropolis"],
    "metropolsi": ["Metropolis"],
    "o'hara": ["Cities on film"],
    "ohara": ["Cities on film"],
    "état": ["Cities on film"],
    "xylophone": [],
    "tropolis": ["Metropolis"],  # found by the film, with a typo in its title
    "the": ["Metropolis", "Light", "Cities on film"],
    "a & b | c ! (d) :*": [],
    "' OR 1=1 --": [],
    '"': [],
    "%": [],
    "NEAR(a b)": [],
    "search_title: x": [],
}


@pytest.fixture
def magazine(db):
    critic = make_contributor(name="Inez Caraway", slug="inez")
    film = make_film(title="Metropolis", slug="metropolis", year=1927)
    make_credit(film=film, person=make_person(name="Fritz Lang", slug="fritz-lang"), role=1)
    make_review(critic, title="Metropolis", film=film, half_stars=9, body="<p>The crane’s light.</p>")
    cleo = make_film(title="Cléo from 5 to 7", slug="cleo")
    make_review(critic, title="Cléo from 5 to 7", film=cleo, verdict="Two hours.", half_stars=8)
    make_interview(critic, title="Light", answers=["The lamp and the light."])
    make_post(
        critic, title="Cities on film",
        body="<p>The metropolis in 2001: a Straße, smørrebrød, Rock & Roll, the city, O’Hara, coup d’état.</p>",
    )  # fmt: skip
    make_post(critic, title="Зеркало", body="<p>x</p>")
    make_post(critic, title="羅生門", body="<p>x</p>")
    make_post(critic, title="Metropolis, a draft", published_at=None)
    for article in Article.objects.with_pieces():
        article.piece.index()
    return film


def found_titles(client, words, **more):
    return [piece.title for piece in client.get("/search/", {"q": words} | more).context["page"] or []]


def test_queries_find_the_expected_pieces(client, magazine, subtests):
    for words in TITLES_BY_QUERY:
        with subtests.test(words):
            answers = found_titles(client, words)

            assert sorted(answers) == sorted(TITLES_BY_QUERY[words])
            if (
                len(answers) > 1
                and answers[0] in ("Metropolis", "Light", "Cities on film")
                and words != "the"
            ):
                assert answers == TITLES_BY_QUERY[words]


def test_title_matches_come_first_then_the_newest(client, magazine):
    old = make_review(title="A light film", published_at="2001-01-01T00:00Z")

    assert found_titles(client, "light")[:2] == ["Light", old.title]


def test_filters_are_links_and_keep_the_query(client, magazine):
    page = client.get("/search/?q=metropolis")
    facets = {
        facet.name: [(choice.label, choice.href) for choice in facet.choices]
        for facet in page.context["facets"]
    }

    assert facets == {
        "section": [("Reviews", "?q=metropolis&section=reviews"), ("Blog", "?q=metropolis&section=blog")],
        "year": [("1927", "?q=metropolis&year=1927")],
        "person": [("Fritz Lang", "?q=metropolis&person=fritz-lang")],
        "rating": [("4½ stars", "?q=metropolis&rating=9")],
    }


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"section": "blog"}, ["Cities on film"]),
        ({"year": "1927"}, ["Metropolis"]),
        ({"person": "fritz-lang"}, ["Metropolis"]),
        ({"rating": "9"}, ["Metropolis"]),
        ({"section": "blog", "rating": "9"}, []),
        ({"section": "nonsense", "rating": "x"}, ["Metropolis", "Cities on film"]),
    ],
)
def test_filters_narrow_the_results(client, magazine, filters, titles):
    assert found_titles(client, "metropolis", **filters) == titles


def test_an_excerpt_shows_the_hit_marked(client, magazine):
    page = client.get("/search/?q=smorrebrod").content.decode()
    assert "<mark>smørrebrød</mark>" in page


def test_no_spoiler_is_found_or_shown(client, db):
    make_review(
        title="M", body="<p>Before.</p><details><summary>it</summary><p>The xylophonist.</p></details>"
    ).index()
    make_review(title="N", body="<p>The xylophonist did it.</p>", spoils=True).index()

    page = client.get("/search/?q=xylophonist")
    assert list(page.context["page"]) == [] and page.context["spelling"] == ""


def test_another_spelling_is_suggested(client, magazine):
    page = client.get("/search/?q=metroplis+smorrebrot")
    assert page.context["spelling"] == "metropolis smorrebrod"
    assert "Did you mean" in page.content.decode()


def test_no_spelling_is_suggested_from_a_draft(client, db):
    make_post(title="Xylophonist", published_at=None).index()
    assert Word.objects.filter(text="xylophonist").exists()

    assert client.get("/search/?q=xylofonist").context["spelling"] == ""


def test_films_people_and_records_are_found(client, magazine):
    make_link(title="Metropolis online", note="All of it")
    StaticPage.objects.create(title="About Metropolis", slug="x", body="<p>y</p>")
    StaticPage.objects.create(title="Metropolis hidden", slug="z", body="<p>y</p>", heading="hidden")
    page = client.get("/search/?q=metropolis")
    assert page.context["films"] == [magazine]
    assert [str(each) for each in page.context["others"]] == ["About Metropolis", "Metropolis online"]

    page = client.get("/search/?q=fritz lang")
    assert [person.name for person in page.context["people"]] == ["Fritz Lang"]
    assert [str(each) for each in client.get("/search/?q=caraway").context["others"]] == ["Inez Caraway"]


def test_a_search_without_results_says_what_to_do(client, db):
    page = client.get("/search/?q=zzzz").content.decode()
    assert "Nothing here answers to “zzzz”" in page and "Ask us to cover it" in page


def test_an_empty_query_runs_no_search(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/search/?q=!!!")


def test_suggestions_are_titles_and_names(client, magazine):
    def suggest(words):
        return json.loads(client.get("/search/suggest/", {"q": words}).content)

    assert suggest("metr") == ["metr", ["Metropolis"]]
    assert suggest("fri") == ["fri", ["Fritz Lang"]]
    assert suggest("cit")[1] == ["Cities on film"]
    assert suggest("") == ["", []] and suggest("'\"%")[1] == []


def test_a_long_text_is_cut_around_the_hit():
    text = "Word " * 60 + "the Crane’s arm, and then " + "more " * 80
    stretches = excerpt(text, ["cranes"])

    assert [each.text for each in stretches if each.hit] == ["Crane’s"]
    assert stretches[0].text == "… " and stretches[-1].text == " …"
    assert 150 < sum(len(each.text) for each in stretches) < 320


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [("A lamp", ["lamp"], "A lamp"), ("lamp", ["la"], "lamp"), ("x", ["y"], ""), ("", ["y"], "")],
)
def test_a_short_text_is_shown_whole(text, words, shown):
    assert "".join(each.text for each in excerpt(text, words)) == shown


def test_an_index_follows_every_way_of_saving(client, db):
    review = make_review(title="Alpha", body="<p>beta</p>")
    assert found_titles(client, "alpha") == ["Alpha"]
    review.title = "Gamma"
    review.save()
    assert (found_titles(client, "alpha"), found_titles(client, "gamma")) == ([], ["Gamma"])
    Article.objects.filter(pk=review.pk).update(search_text="delta", search_title="")
    assert (found_titles(client, "gamma"), found_titles(client, "delta")) == ([], ["Gamma"])
    review.delete()
    assert found_titles(client, "delta") == []
