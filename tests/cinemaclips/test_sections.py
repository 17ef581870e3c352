"""Declarations of sections: how they are found and checked, and what a new section shows."""

import pytest
from django.template import engines
from django.template.loaders.locmem import Loader
from django.utils import timezone

from blog.models import Post
from cinemaclips.demo.loading import create_declared_pieces
from cinemaclips.demo.rows import RowRecorder
from cinemaclips.section_checks import check_sections, missing_parts
from magazine import sections
from magazine.page_blocks import AREAS, CONTRIBUTOR_PAGE, FILM, FRONT, PERSON, RATED_PIECE, Block
from magazine.record_feeds import RecordFeed
from magazine.sections import EDITOR, EVERYTHING, Section, find_section
from tests.factories import make_contributor, make_film, make_person, make_post, make_review


class Complete(Section):
    app_label = "blog"
    nav_label = heading = "Blog"
    piece_model = Post
    permissions = {EDITOR: {"post": EVERYTHING}}


def declared(**changes):
    """A complete declaration with these attributes changed."""
    section = type("Changed", (Complete,), changes)()
    type(section).app_label = changes.get("app_label", "blog")
    return section


def test_every_section_of_ours_is_complete():
    assert check_sections(None) == []


@pytest.mark.parametrize(
    ("changes", "number", "sentence"),
    [
        ({"nav_view": "none"}, "E051", "has a nav label and no URL named 'blog:none'."),
        ({"nav_label": ""}, "E052", "publishes pieces and has no nav_label."),
        ({"heading": ""}, "E053", "publishes pieces and has no heading for them."),
        ({"permissions": {}}, "E054", "gives the role 'editor' no permission for its pieces ('post')."),
        (
            {"permissions": {EDITOR: {"post": EVERYTHING}, "critic": {}}},
            "E056",
            "gives permissions to a role 'critic', which does not exist.",
        ),
        (
            {"permissions": {EDITOR: {"post": EVERYTHING, "pots": EVERYTHING}}},
            "E057",
            "gives permissions for a model 'pots', which does not exist.",
        ),
        (
            {"blocks": {FRONT: [Block("front.html", "middle")]}},
            "E058",
            "puts a block into 'middle' of the page 'front', which has no such area.",
        ),
        (
            {"blocks": {FRONT: [Block("blog/none.html", "end")]}},
            "E059",
            "has a block without its template blog/none.html.",
        ),
    ],
)
def test_a_check_says_what_a_declaration_lacks(changes, number, sentence):
    assert list(missing_parts(declared())) == []
    assert list(missing_parts(declared(**changes))) == [(number, sentence)]


def test_a_check_says_which_template_is_missing():
    problems = dict(missing_parts(declared(app_label="links")))

    assert problems == {"E055": "publishes pieces and has no template links/feed_item.html."}


def test_a_check_finds_pieces_without_a_declaration(monkeypatch):
    monkeypatch.delitem(sections._registry, "blog")

    (error,) = check_sections(None)
    assert error.id == "cinemaclips.E050"
    assert error.msg == "The section 'blog' publishes pieces and has no section.py that declares it."


def test_a_check_names_the_section(monkeypatch):
    monkeypatch.setitem(sections._registry, "blog", declared(heading=""))

    (error,) = check_sections(None)
    assert error.id == "cinemaclips.E053"
    assert error.msg == "The section 'blog' publishes pieces and has no heading for them."


def test_a_section_without_a_block_for_the_front_page_is_listed_at_its_end(client, db, monkeypatch):
    make_review()
    post = make_post(title="A note from the booth")
    monkeypatch.setattr(find_section("blog"), "blocks", {}, raising=False)

    response = client.get("/")
    (block,) = response.context["blocks"]["end"]
    assert block.section.app_label == "blog" and [piece.pk for piece in block.pieces] == [post.pk]
    assert '<h2 id="blog">Blog</h2>' in response.content.decode()


@pytest.mark.parametrize(("page", "area"), [(page, area) for page, areas in AREAS.items() for area in areas])
def test_a_block_of_any_section_shows_in_every_area_of_a_page(client, db, monkeypatch, page, area):
    review = make_review(film=make_film(), title="The lead")
    urls = {
        FRONT: "/",
        FILM: review.film.get_absolute_url(),
        PERSON: make_person().get_absolute_url(),
        CONTRIBUTOR_PAGE: make_contributor().get_absolute_url(),
        RATED_PIECE: review.get_absolute_url(),
    }
    before = client.get(urls[page]).content.decode()
    block = Block("tests/block.html", area, is_shown=lambda context: True)
    monkeypatch.setattr(find_section("links"), "blocks", {page: [block]}, raising=False)
    engine = engines["django"].engine
    loader = Loader(engine, {"tests/block.html": "<p>A block of {{ block.section.app_label }}</p>"})
    monkeypatch.setattr(engine, "template_loaders", [*engine.template_loaders, loader])

    after = client.get(urls[page]).content.decode()
    assert "<p>A block of links</p>" in after and "A block of links" not in before


def test_a_section_adds_to_pages_it_does_not_know(client, db, monkeypatch):
    section = find_section("blog")
    monkeypatch.setattr(section, "film_context", lambda film: {"added": film.title}, raising=False)
    monkeypatch.setattr(section, "contributor_context", lambda each: {"added": each.name}, raising=False)
    film, critic = make_film(title="M"), make_contributor(name="Nora")

    assert client.get(film.get_absolute_url()).context["added"] == "M"
    assert client.get(critic.get_absolute_url()).context["added"] == "Nora"


def test_the_demo_has_the_pieces_that_a_section_declares(db, monkeypatch):
    piece = {"title": "First", "slug": "first", "dek": "A sample.", "body": "<p>A sample.</p>"}
    for section in sections.sections():
        pieces = [piece] if section.app_label == "blog" else []
        monkeypatch.setattr(section, "demo_pieces", pieces, raising=False)
    rows, writer = RowRecorder(), make_contributor(name="Nora")
    create_declared_pieces(rows, timezone.now())

    assert [row.title for row in rows.made] == ["First"]
    post = Post.objects.published().get()
    assert post.slug == "first" and post.publish_blockers() == []
    assert [byline.contributor for byline in post.bylines.all()] == [writer]


def test_declared_demo_pieces_need_no_contributor(db, monkeypatch):
    piece = {"title": "First", "slug": "first", "dek": "A sample."}
    monkeypatch.setattr(find_section("blog"), "demo_pieces", [piece], raising=False)
    create_declared_pieces(RowRecorder(), timezone.now())

    assert Post.objects.get().bylines.count() == 0


def test_a_feed_of_records_states_its_items_and_dates():
    for method in (RecordFeed().items, RecordFeed().item_date):
        with pytest.raises(NotImplementedError):
            method(None)


def test_a_section_that_declares_nothing_adds_nothing():
    section = Section()
    assert section.root_urls() == section.feed_prefetches() == section.find_records(["m"], 5) == []
    for method in (
        "film_context",
        "person_context",
        "contributor_context",
        "related_context",
        "arrange_front",
    ):
        assert getattr(section, method)(None) == {}
    assert section.front_context() == {} and section.film_link(None) is None
