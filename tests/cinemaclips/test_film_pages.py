from tests.factories import make_credit, make_film, make_interview, make_person, make_review


def test_the_page_of_a_film_lists_all_pieces_on_it(client, db):
    film = make_film(title="M")
    review, talk = make_review(film=film), make_interview()
    talk.films.add(film)
    make_review()

    assert {piece.pk for piece in client.get(film.get_absolute_url()).context["page"]} == {review.pk, talk.pk}


def test_the_page_of_a_person_lists_films_and_pieces(client, db):
    person = make_person(name="Fritz Lang")
    credit = make_credit(person=person, role=1)
    review, talk = make_review(film=credit.film), make_interview()
    talk.people.add(person)

    page = client.get(person.get_absolute_url())
    assert {piece.pk for piece in page.context["page"]} == {review.pk, talk.pk}
    assert credit.film.title in page.content.decode()


def test_the_page_of_a_film_without_pieces_says_so(client, db):
    assert (
        "We have not written about this film yet."
        in client.get(make_film(year=None).get_absolute_url()).content.decode()
    )


def test_the_page_of_a_person_without_films_works(client, db):
    assert "Nothing yet" in client.get(make_person().get_absolute_url()).content.decode()
