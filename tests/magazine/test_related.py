from films.models import Credit
from tests.factories import make_credit, make_film, make_interview, make_person, make_review


def reasons(piece):
    return [(each.title, each.reason) for each in piece.related()]


def test_related_pieces_come_with_reasons_best_first(db):
    lang, lorre = make_person(name="Fritz Lang"), make_person(name="Peter Lorre")
    film, other = make_film(title="M"), make_film(title="Metropolis")
    for each in (film, other):
        make_credit(film=each, person=lang, role=Credit.Role.DIRECTOR)
    piece = make_review(film=film)
    piece.people.add(lorre)
    piece.tags.add("noir")
    tagged = make_review(title="Tagged")
    tagged.tags.add("noir")
    with_lorre = make_interview(title="Lorre speaks")
    with_lorre.people.add(lorre)
    make_review(title="Lang again", film=other)
    make_review(title="M again", film=film)
    picked = make_review(title="Picked")
    piece.see_also.add(picked)
    make_review(title="Unrelated")

    assert reasons(piece) == [
        ("Picked", "The editor suggests"),
        ("M again", "Also on M"),
        ("Lang again", "Also directed by Fritz Lang"),
        ("Lorre speaks", "Also with Peter Lorre"),
        ("Tagged", "Also tagged noir"),
    ]


def test_an_interview_about_a_film_and_its_review_are_related_both_ways(db):
    film = make_film(title="M")
    review, talk = make_review(title="Review", film=film), make_interview(title="Talk")
    talk.films.add(film)

    assert reasons(review) == [("Talk", "On the same film")]
    assert reasons(talk) == [("Review", "Also on M")]


def test_related_pieces_take_one_query(db, django_assert_num_queries):
    film = make_film()
    piece = make_review(film=film)
    for _ in range(9):
        make_review(film=film)

    with django_assert_num_queries(1):
        assert len([each.get_absolute_url() + each.reason for each in piece.related()]) == 6
