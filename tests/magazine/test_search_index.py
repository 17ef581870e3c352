from io import StringIO

from django.core.management import call_command
from django.db import connection

from magazine.models import Article, Word
from magazine.search.index import build_index, is_built
from tests.factories import make_review


def test_the_database_keeps_the_index_by_itself(db):
    """Fails when a migration has rebuilt the article's table: end that migration with build_index, as 0003 does."""
    assert is_built()


def test_a_word_is_known_by_itself(db):
    Word.objects.add_from("one marquee 1234")
    assert [str(word) for word in Word.objects.all()] == ["marquee"]


def test_it_can_be_built_anew(db):
    make_review(title="Alpha")
    build_index()

    assert is_built()
    assert Article.objects.with_title_words(["alpha"]).count() == 1


def test_reindex_reads_every_piece_anew(db):
    review = make_review(title="Alpha", body="<p>Beta</p>")
    Article.objects.update(search_text="", search_title="", plain_text="")
    out = StringIO()
    call_command("reindex", stdout=out)

    assert out.getvalue() == "Pieces read for the index: 1.\n"
    assert Article.objects.matching_search(["beta"], []).get().pk == review.pk


def test_reindex_reads_only_what_was_never_read(db):
    make_review(title="Alpha").index()
    late = make_review(title="Gamma")
    Article.objects.filter(pk=late.pk).update(search_text="", search_title="")
    out = StringIO()
    call_command("reindex", "--missing", stdout=out)

    assert out.getvalue() == "Pieces read for the index: 1.\n"
    assert Article.objects.with_title_words(["gamma"]).get().pk == late.pk
    assert not Article.objects.never_indexed().exists()


def test_a_lost_trigger_would_be_noticed(db):
    """The negative control."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER article_words_update")
        else:
            cursor.execute("DROP INDEX article_search_words")
    assert not is_built()
    build_index()
