"""The files that programs look for at fixed URLs."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

from defusedxml import ElementTree
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from magazine import starter_texts
from magazine.sections import piece_sections, sections
from tests.factories import (
    make_album,
    make_contributor,
    make_film,
    make_person,
    make_photo,
    make_review,
    tomorrow,
)

SITE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def entries(client, path):
    root = ElementTree.fromstring(client.get(path).content)
    return {
        url.findtext("s:loc", namespaces=NAMES): (
            url.findtext("s:lastmod", namespaces=NAMES),
            url.findtext("i:image/i:loc", namespaces=NAMES),
        )
        for url in root
    }


def test_the_index_leads_to_every_sitemap_and_each_answers(client, db):
    starter_texts.create_missing_pages()
    photo = make_photo()
    make_review(slug="m", film=make_film(slug="m", poster=photo), lead_photo=photo)
    make_person(slug="p", portrait=photo)
    make_contributor(slug="c", portrait=photo)
    album = make_album(slug="doors")
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    maps = [each.text for each in index.iter(f"{{{NAMES['s']}}}loc")]
    records = [sitemap for section in sections() for sitemap in section.record_sitemaps]
    assert len(maps) == 1 + len(records) + len(piece_sections()) and all(
        each.startswith(SITE) for each in maps
    )

    found = {}
    for each in maps:
        found |= entries(client, each.removeprefix(SITE))
    wanted = [
        "/",
        "/reviews/",
        "/reviews/m/",
        "/films/m/",
        "/people/p/",
        "/contributors/c/",
        "/about/ethics/",
        "/gallery/doors/",
    ]
    assert {f"{SITE}{path}" for path in wanted} <= set(found)
    assert SITE + album.pictures.get().get_absolute_url() in found
    assert found[f"{SITE}/reviews/m/"][1] == SITE + photo.share_url()
    assert all(client.get(address.removeprefix(SITE)).status_code == 200 for address in found)


def test_lastmod_is_the_last_change_and_never_before_publication(client, db):
    scheduled = make_review(slug="m")
    when = timezone.now().replace(microsecond=0)
    type(scheduled).objects.update(published_at=when, updated_at=when - timedelta(days=9))
    assert datetime.fromisoformat(entries(client, "/sitemap-reviews.xml")[f"{SITE}/reviews/m/"][0]) == when

    type(scheduled).objects.update(published_at=when - timedelta(days=9), updated_at=when)
    assert datetime.fromisoformat(entries(client, "/sitemap-reviews.xml")[f"{SITE}/reviews/m/"][0]) == when
    index = client.get("/sitemap.xml").content.decode()
    stamp = timezone.localtime(when).isoformat()
    assert f"<loc>{SITE}/sitemap-reviews.xml</loc><lastmod>{stamp}" in index


def test_unpublished_pieces_are_in_no_sitemap(client, db):
    make_review(published_at=None)
    make_review(published_at=tomorrow())
    make_review(unlisted=True)

    assert entries(client, "/sitemap-reviews.xml") == {}
    assert client.get("/sitemap-none.xml").status_code == 404


def test_robots_name_the_sitemap(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines and "Disallow: /desk/" in lines


def test_security_txt_has_the_required_fields_and_does_not_expire(client, db):
    fields = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )

    assert fields["Contact"].startswith(SITE) and fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    left = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - timezone.now()
    assert timedelta(days=100) < left < timedelta(days=365)


def test_the_icons_of_the_manifest_exist(client, db):
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]


def test_icons_can_be_drawn_again(tmp_path):
    call_command("draw_icons", to=tmp_path, stdout=StringIO())
    with Image.open(BytesIO((tmp_path / "icon-512.png").read_bytes())) as icon:
        assert icon.size == (512, 512)


def test_opensearch_describes_search_and_suggestions(client, db):
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    urls = {
        url.get("type"): url.get("template") for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    }

    assert urls["text/html"] == f"{SITE}/search/?q={{searchTerms}}"
    assert urls["application/x-suggestions+json"] == f"{SITE}/search/suggest/?q={{searchTerms}}"
    assert 'rel="search"' in client.get("/").content.decode()
