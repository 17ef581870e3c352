"""Every feed is parsed by feedparser, and checked by the rules of the W3C feed validator."""

import json

import feedparser
import pytest

from magazine.models import Correction
from tests.factories import (
    make_album,
    make_contributor,
    make_disc_review,
    make_episode,
    make_film,
    make_interview,
    make_link,
    make_photo,
    make_pick_list,
    make_post,
    make_press_release,
    make_review,
)

SITE = "http://127.0.0.1:8000"
SPOILT = "<p>Before.</p><details><summary>secret</summary><p>secret</p></details><p>After.</p>"


@pytest.fixture
def magazine(db):
    nora = make_contributor(name="Nora", slug="nora")
    film = make_film(title="M", slug="m")
    make_review(nora, title="M", film=film, body=SPOILT, lead_photo=make_photo()).tags.add("noir")
    make_interview(nora, film=film)
    make_link()
    make_disc_review(nora, film=film, spoils=True, body="<p>secret</p>", transfer="<p>Sharp.</p>")
    make_album(nora, [make_photo(caption="The door")], film=film)
    make_press_release(dateline="TEMPE")
    make_pick_list(nora, [film])
    make_post(nora, kind="overheard", said_by="A man", dek="Which one?")
    make_episode(film=film)
    Correction.objects.create(article_id=film.pieces.first().pk, before="1930", after="1931")
    return film


PATHS = [
    "/feeds/", "/feeds/sections/reviews/", "/feeds/sections/about/", "/feeds/tags/noir/", "/feeds/contributors/nora/",
    "/feeds/films/m/", "/feeds/corrections/", "/feeds/links/",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["rss", "atom"])
@pytest.mark.parametrize("path", PATHS)
def test_every_feed_is_well_formed_and_complete(client, magazine, path, kind):
    response = client.get(f"{path}{kind}.xml")
    feed = feedparser.parse(response.content)

    assert not feed.bozo, feed.bozo_exception
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[kind]
    assert feed.feed.title.startswith("cinemaCLIPS") and feed.feed.link.startswith(SITE)
    own = [link.href for link in feed.feed.links if link.rel == "self"]
    assert own == [f"{SITE}{path}{kind}.xml"]
    assert feed.entries and len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.title and entry.link.startswith("http") and entry.published_parsed
        assert entry.id.startswith(SITE)
        assert "secret" not in str(entry)
    if kind == "atom":
        assert feed.feed.id and feed.feed.updated_parsed and feed.feed.author


def test_feeds_contain_full_texts_of_every_kind_of_piece(client, magazine):
    feed = feedparser.parse(client.get("/feeds/atom.xml").content)
    texts = " ".join(entry.content[0].value for entry in feed.entries)

    assert len(feed.entries) == 8
    for words in ("Before.", "[spoiler]", "After.", "We waited for the light.", "Sharp.", "The door", "TEMPE",
                  "See it.", "“Which one?”", "The film"):  # fmt: skip
        assert words in texts, words


def test_a_section_s_feed_has_only_its_own_pieces(client, magazine):
    feed = feedparser.parse(client.get("/feeds/sections/blog/rss.xml").content)
    assert [entry.link for entry in feed.entries] == [f"{SITE}/blog/{feed.entries[0].link.split('/')[-2]}/"]


@pytest.mark.parametrize(
    "path", ["sections/none", "sections/links", "tags/none", "films/none", "contributors/x", "none/m"]
)
def test_a_feed_of_an_unknown_subject_is_a_404(client, magazine, path):
    assert client.get(f"/feeds/{path}/rss.xml").status_code == 404


def test_a_tag_on_drafts_alone_has_no_feed_and_no_page(client, db):
    make_review(published_at=None).tags.add("secret")

    assert client.get("/feeds/tags/secret/rss.xml").status_code == 404
    assert client.get("/tags/secret/").status_code == 404
    assert "secret" not in client.get("/feeds/").content.decode()


def test_the_json_feed_is_valid(client, magazine):
    feed = json.loads(client.get("/feeds/feed.json").content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}/feeds/feed.json" and feed["home_page_url"] == f"{SITE}/"
    review = next(item for item in feed["items"] if "/reviews/" in item["url"])
    assert review["authors"] == [{"name": "Nora", "url": f"{SITE}/contributors/nora/"}]
    assert review["tags"] == ["noir"] and review["image"].startswith(SITE)
    assert "secret" not in json.dumps(feed) and "Before." in review["content_html"]


def test_pages_link_to_their_feeds(client, magazine):
    for page, feed in (("/reviews/", "/feeds/sections/reviews/rss.xml"), ("/films/m/", "/feeds/films/m/rss.xml"),
                       ("/contributors/nora/", "/feeds/contributors/nora/rss.xml"), ("/tags/noir/", "/feeds/tags/noir/rss.xml"),
                       ("/", "/feeds/rss.xml")):  # fmt: skip
        assert 'type="application/rss+xml" title="' in client.get(page).content.decode()
        assert feed in client.get(page).content.decode()


def test_a_correction_says_what_changed(client, magazine):
    entry = feedparser.parse(client.get("/feeds/corrections/rss.xml").content).entries[0]
    assert entry.title == "Correction: M" and entry.summary == "“1930” is now “1931”."
