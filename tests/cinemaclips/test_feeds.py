from defusedxml import ElementTree

from cinemaclips.feed_subjects import WHOLE_SITE, get_subject_or_404
from cinemaclips.feeds import ArticlesRSS
from tests.factories import make_contributor, make_interview, make_photo, make_review

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def items(client):
    return ElementTree.fromstring(client.get("/feeds/rss.xml").content).findall("channel/item")


def test_feeds_contain_full_texts_and_authors(client, db):
    nora = make_contributor(name="Nora")
    make_review(nora, title="M", verdict="Dark.", half_stars=7, body="<p>It <em>is</em> dark.</p>")

    (item,) = items(client)
    assert item.findtext("title") == "M"
    assert item.findtext("description") == "Dark."
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Nora"
    text = item.findtext(CONTENT)
    assert "3 and a half stars out of 5" in text and "<p>It <em>is</em> dark.</p>" in text
    assert "Seen at a public screening, ticket bought." in text


def test_feeds_contain_all_turns_of_an_interview(client, db):
    make_interview(is_fiction=True, spoils=False)

    text = items(client)[0].findtext(CONTENT)
    assert "<strong>Marsh</strong></p><p>We waited for the light.</p>" in text
    assert "invented" in text


def test_feeds_leave_out_the_turns_of_an_interview_that_spoils(client, db):
    make_interview(spoils=True)
    assert "We waited" not in items(client)[0].findtext(CONTENT)


def test_urls_and_photos_in_feeds_are_absolute(client, db):
    photo = make_photo()
    make_review(body=f'<p><a href="/films/m-1931/">M</a></p><figure data-photo="{photo.pk}"></figure>')

    text = items(client)[0].findtext(CONTENT)
    assert 'href="http://127.0.0.1:8000/films/m-1931/"' in text
    assert 'src="http://127.0.0.1:8000/photos/' in text


def test_an_item_keeps_its_guid_when_its_url_changes(client, db):
    review = make_review()
    before = items(client)[0].findtext("guid")
    review.slug = "renamed"
    review.save()

    assert items(client)[0].findtext("guid") == before


def test_a_feed_object_keeps_no_state_between_requests(db):
    make_review(body=f'<figure data-photo="{make_photo().pk}"></figure>')
    feed = ArticlesRSS()
    before = dict(vars(feed))
    feed.items(get_subject_or_404(*WHOLE_SITE))

    assert vars(feed) == before
