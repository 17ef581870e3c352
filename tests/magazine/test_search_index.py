from io import StringIO

from django.core.management import call_command

from magazine.models import Article, Word
from magazine.search.index import build_index, is_complete
from tests.factories import make_review


def test_str_of_a_word_is_the_word(db):
    Word.objects.add_from("one marquee 1234")
    assert [str(word) for word in Word.objects.all()] == ["marquee"]


def test_the_index_can_be_rebuilt(db):
    make_review(title="Alpha")
    build_index()

    assert is_complete()
    assert Article.objects.with_title_words(["alpha"]).count() == 1


def test_reindex_indexes_every_piece_again(db):
    review = make_review(title="Alpha", body="<p>Beta</p>")
    Article.objects.update(search_text="", search_title="", plain_text="")
    out = StringIO()
    call_command("reindex", stdout=out)

    assert out.getvalue() == "Pieces read for the index: 1.\n"
    assert Article.objects.matching_search(["beta"], []).get().pk == review.pk


def test_reindex_missing_indexes_only_new_pieces(db):
    make_review(title="Alpha").index()
    late = make_review(title="Gamma")
    Article.objects.filter(pk=late.pk).update(search_text="", search_title="")
    out = StringIO()
    call_command("reindex", "--missing", stdout=out)

    assert out.getvalue() == "Pieces read for the index: 1.\n"
    assert Article.objects.with_title_words(["gamma"]).get().pk == late.pk
    assert not Article.objects.never_indexed().exists()
