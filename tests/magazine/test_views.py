from tests.factories import make_contributor, make_interview, make_review


def test_a_contributor_s_page_has_the_average_of_their_ratings(client, db):
    critic = make_contributor(slug="nora", left_on="2020-01-01")
    make_review(critic, half_stars=6)
    make_review(critic, half_stars=9)
    make_review(critic, half_stars=None)
    make_interview(critic)

    page = client.get("/contributors/nora/")

    ratings = page.context["ratings"]
    assert (ratings.total, ratings.average, ratings.highest_count) == (2, 8, 1)
    assert [bar for bar in ratings.bars if bar[1]] == [(9, 1), (6, 1)]
    assert len(page.context["page"]) == 4
    assert "With the magazine until 1 January 2020." in page.content.decode()


def test_a_contributor_without_ratings_has_no_average(client, db):
    make_contributor(slug="june")

    assert client.get("/contributors/june/").context["ratings"].average is None
