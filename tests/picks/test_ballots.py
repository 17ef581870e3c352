"""The published method, with numbers calculated by hand."""

from hypothesis import given
from hypothesis import strategies as st

from picks.ballots import count_ballots

BALLOT = st.lists(st.integers(1, 30), unique=True, max_size=10)


def test_ten_points_for_a_first_place_and_so_on_down():
    ranking = count_ballots([[1, 2, 3], [2, 1]])

    assert [(each.rank, each.film, each.points, each.ballots) for each in ranking] == [
        (1, 1, 19, 2), (1, 2, 19, 2), (3, 3, 8, 1)
    ]  # fmt: skip


def test_between_equal_points_the_film_on_more_ballots_comes_first():
    # Film 1: one first place, ten points. Film 2: a fifth and a seventh place, six and four.
    ranking = count_ballots([[1, 11, 12, 13, 2], [21, 22, 23, 24, 25, 26, 2]])
    order = [each.film for each in ranking]
    points = {each.film: each.points for each in ranking}

    assert points[1] == points[2] == 10
    assert order.index(2) < order.index(1)


def test_between_equal_films_the_better_best_place_comes_first():
    # Both have 18 points from two ballots: film 1 by a first and a third place, film 2 by two seconds.
    ranking = count_ballots([[1, 2], [11, 2, 1]])

    assert [(each.film, each.points) for each in ranking[:2]] == [(1, 18), (2, 18)]


def test_an_eleventh_film_counts_for_nothing():
    assert len(count_ballots([list(range(11))])) == 10


def test_no_ballots_give_an_empty_list():
    assert count_ballots([]) == []


@given(st.lists(BALLOT, max_size=8))
def test_any_ballots_give_all_their_points_in_order(ballots):
    ranking = count_ballots(ballots)

    assert sum(each.points for each in ranking) == sum(
        10 - at for ballot in ballots for at in range(len(ballot))
    )
    assert [each.rank for each in ranking] == sorted(each.rank for each in ranking)
    assert [each.points for each in ranking] == sorted((each.points for each in ranking), reverse=True)


@given(st.lists(BALLOT, max_size=8), st.randoms())
def test_the_order_of_ballots_does_not_matter(ballots, random):
    shuffled = random.sample(ballots, len(ballots))

    assert count_ballots(shuffled) == count_ballots(ballots)
