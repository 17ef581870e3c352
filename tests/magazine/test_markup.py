import pytest
from hypothesis import given
from hypothesis import strategies as st

from magazine.markup import allow_nothing_more, clean
from tests.factories import make_review

WORD = (
    '<p class="MsoNormal" style="margin:0"><span lang="EN-US">In <i style="mso-bidi-font-style:normal">Vertigo</i> '
    "<b>he</b> falls.<o:p></o:p></span></p><!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->"
)
DOCS = (
    '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-size:11pt;">In </span>'
    '<span style="font-style:italic;">Vertigo</span><span> he falls.</span></p></b>'
)


def test_pasted_word_html_keeps_only_its_italics():
    assert clean(WORD) == "<p>In <em>Vertigo</em> <strong>he</strong> falls.</p>"


def test_pasted_google_docs_html_keeps_only_its_italics():
    assert clean(DOCS) == "<p>In <em>Vertigo</em> he falls.</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>', '<p style="position:fixed">x</p>', '<iframe src="//evil"></iframe>',
        '<details open ontoggle="alert(1)">x</details>', '<svg><script>alert(1)</script></svg>',
        '<figure data-photo="1); drop"></figure>', '<aside data-film="../../desk">x</aside>',
        '<form action="/desk/logout/"><button>x</button></form>', "<math><mtext></mtext></math>",
    ],
)  # fmt: skip
def test_hostile_markup_is_removed(hostile):
    cleaned = clean(hostile)

    for trace in (
        "script",
        "onerror",
        "javascript",
        "data:",
        "style=",
        "iframe",
        "ontoggle",
        "drop",
        "..",
        "form",
        "math",
    ):
        assert trace not in cleaned


@given(st.text(st.sampled_from("<>/=\"' abdeilmnopst&;-!"), max_size=80))
def test_cleaning_twice_changes_nothing(html):
    once = clean(html)

    assert clean(once) == once


def test_spoilers_photos_and_film_cards_are_kept():
    ours = (
        '<details><summary>end</summary><p>x</p></details><figure data-photo="12"></figure>'
        '<aside data-film="metropolis-1927">Metropolis (1927)</aside>'
    )
    assert clean(ours) == ours


def test_empty_paragraphs_around_the_text_are_removed():
    assert clean("<p></p><p>x</p><p><br></p>") == "<p>x</p>"
    assert clean("<p></p>") == ""


def test_a_saved_text_is_always_clean(db):
    review = make_review(body="<p>x</p><script>1</script>")

    assert review.body == "<p>x</p>"


def test_the_editor_s_own_allow_list_adds_nothing():
    shared = {}
    allow_nothing_more(True, shared)
    assert shared == {}
