"""A static site of 1999, with its tables, frames, fonts and missing end tags, becomes drafts."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Post
from cinemaclips.static_site_import.importer import guess_model
from cinemaclips.static_site_import.page_parser import parse_page
from interviews.models import Interview
from magazine.models import Article
from photos.models import Photo
from redirects.models import Redirect
from reviews.models import Review
from tests.factories import make_film, picture_file

NAV = """<table><tr><td><a href=/index.htm>Home</a><td><a href="/reviews/index.htm">Reviews</a>
<td><a href="/interviews/index.htm">Interviews</a><td><a href="/links.htm">Links</a></table>"""
LONG = "The light comes in from the left and nobody in the room looks up. " * 4
REVIEW = f"""<HTML><HEAD><TITLE>cinemaCLIPS - Metropolis</TITLE>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252"></HEAD>
<BODY BGCOLOR=#000000><CENTER>{NAV}</CENTER>
<TABLE WIDTH=600><TR><TD><FONT SIZE=5><H1>Metropolis</H1></FONT>
<FONT FACE=Arial><B>By Michelle Tennis</B><P>It\x92s a <I>caf\xe9</I> \x93city\x94. {LONG}<BR><BR>
Second paragraph, see <A HREF="../interviews/lang.htm">our talk</A> and <a href="/links.htm">links</a>
and <a href="http://example.com/">elsewhere</a>, <a href="javascript:go()">never</a>.
<IMG SRC="pics/still one.jpg" ALT="A robot"><IMG SRC=/spacer.gif WIDTH=1 HEIGHT=1><img src=gone.jpg>
Photo by Amber Kelley<UL><LI>one<LI>two</UL><BLOCKQUOTE>Quoted.</BLOCKQUOTE>
<script>alert(1)</script></TABLE>{NAV}<!-- <p>hidden</p> --></BODY>""".encode("latin-1")  # fmt: skip


@pytest.fixture
def site(tmp_path):
    def put(path, data):
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())

    put("index.htm", "<frameset cols='20%,*'><frame src=menu.htm><frame src=home.htm></frameset>")
    put("menu.htm", NAV)
    put("reviews/metropolis.htm", REVIEW)
    put("reviews/pics/still one.jpg", picture_file())
    put(
        "interviews/lang.htm",
        f"<title>Talking to Lang</title><p>{LONG}<p><img src='../reviews/pics/still one.jpg'>{LONG}",
    )
    put("notes/rain.html", f"<h2>Rain &amp; fog</h2><p>{LONG}")
    put("reviews/other/metropolis.htm", f"<h1>Metropolis</h1><p>{LONG}")
    put("readme.txt", "not a page")
    return tmp_path / "site"


def run(folder, **options):
    out = StringIO()
    call_command("import_pages", str(folder), stdout=out, **options)
    return out.getvalue()


def test_pages_become_drafts_in_their_sections(client, db, site):
    film = make_film(title="Metropolis", year=1927)
    report = json.loads(run(site, json=True))

    assert (report["taken"], report["skipped"]) == (4, 2)
    results = {each["file"]: each for each in report["pages"]}
    assert "frames" in results["/index.htm"]["skipped"] and "words" in results["/menu.htm"]["skipped"]
    assert {file: each["section"] for file, each in results.items() if each["section"]} == {
        "/reviews/metropolis.htm": "reviews", "/reviews/other/metropolis.htm": "reviews",
        "/interviews/lang.htm": "interviews", "/notes/rain.html": "blog",
    }  # fmt: skip
    assert (
        Article.objects.filter(published_at__isnull=True).count() == 4
        and Article.objects.published().count() == 0
    )
    assert Review.objects.get(slug="metropolis").film == film
    assert Post.objects.get().title == "Rain & fog"
    assert LONG.strip() in Interview.objects.get().transcript.replace("\n", " ")


def test_the_imported_text_is_clean_and_complete(db, site):
    run(site)
    body = Review.objects.get(slug="metropolis").body
    photo = Photo.objects.get()

    assert "It’s a <em>café</em> “city”." in body
    assert "</p><p>Second paragraph" in body
    assert "<ul><li>one</li><li>two</li></ul><blockquote><p>Quoted.</p></blockquote>" in body
    assert f'<figure data-photo="{photo.pk}"></figure>' in body
    assert '<a href="/interviews/talking-to-lang/">our talk</a>' in body  # the link leads to the new URL
    assert '<a href="/links.htm">links</a>' in body and '<a href="http://example.com/">elsewhere</a>' in body
    for gone in ("script", "javascript", "font", "table", "Home", "hidden", "spacer"):
        assert gone not in body, gone


def test_pictures_are_imported_once_with_credit_and_alt_text(db, site):
    report = json.loads(run(site, json=True))
    photo = Photo.objects.get()

    assert (photo.alt, photo.credit, photo.source) == (
        "A robot",
        "Amber Kelley",
        "The old site: /reviews/pics/still one.jpg",
    ) or (photo.credit == "Unknown: check before publishing")
    notes = [note for each in report["pages"] for note in each["notes"]]
    assert any("gone.jpg is not in the folder" in note for note in notes)
    assert any("by Michelle Tennis" in note for note in notes)


def test_old_urls_redirect_once_the_piece_is_published(client, db, site):
    run(site)
    assert client.get("/reviews/metropolis.htm").status_code == 404

    Article.objects.filter(slug="metropolis").update(published_at="2001-01-01T00:00Z")
    assert client.get("/reviews/metropolis.htm").headers["Location"] == "/reviews/metropolis/"
    assert client.get("/Reviews/Metropolis.HTM").headers["Location"] == "/reviews/metropolis/"


def test_a_second_import_changes_nothing(db, site):
    run(site)
    before = (Article.objects.count(), Photo.objects.count(), Redirect.objects.count())
    output = run(site)

    assert (Article.objects.count(), Photo.objects.count(), Redirect.objects.count()) == before
    assert "0 pages imported as drafts; 6 skipped." in output and "It was imported before" in output


def test_a_dry_run_imports_nothing(db, site):
    output = run(site, dry_run=True)

    assert "4 pages would be imported as drafts; 2 skipped." in output
    assert Article.objects.count() == Photo.objects.count() == Redirect.objects.count() == 0


def test_a_page_that_fails_does_not_affect_the_others(db, site, monkeypatch):
    monkeypatch.setattr(Interview, "index", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(site)
    assert (
        not Interview.objects.exists()
        and not Redirect.objects.filter(old_path="/interviews/lang.htm").exists()
    )


def test_a_folder_that_is_no_site_is_an_error(db, tmp_path):
    with pytest.raises(CommandError, match="no folder"):
        run(tmp_path / "none")
    with pytest.raises(CommandError, match="no .htm or .html"):
        run(tmp_path)


def test_no_file_outside_the_folder_is_read(db, tmp_path):
    (tmp_path / "secret.jpg").write_bytes(picture_file())
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.htm").write_text(f"<p>{LONG}<img src='../secret.jpg'><img src='/../secret.jpg'>")
    report = json.loads(run(tmp_path / "site", json=True))

    assert Photo.objects.count() == 0 and "not in the folder" in report["pages"][0]["notes"][0]


def test_an_unusable_picture_is_reported_and_left_out(db, tmp_path):
    (tmp_path / "a.htm").write_text(f"<p>{LONG}<img src=b.jpg>")
    (tmp_path / "b.jpg").write_bytes(b"GIF89a no picture")
    report = json.loads(run(tmp_path, json=True))

    assert report["pages"][0]["notes"][0].startswith("/b.jpg: ") and Article.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "title", "section"),
    [("/dvd/x.htm", "", "dvdelighted"), ("/a/x.htm", "Interview: Ruby", "interviews"), ("/press/x.htm", "", "press"),
     ("/x.htm", "Movie review: M", "reviews"), ("/x.htm", "My holidays", "blog")],
)  # fmt: skip
def test_the_section_is_guessed_from_path_and_title(path, title, section):
    page = parse_page(f"<title>{title}</title><p>{LONG}".encode(), path)
    assert guess_model(page)._meta.app_label == section


def test_the_section_is_guessed_from_the_nav():
    nav = NAV.replace("/links.htm", "/a/") + '<p><a href="/a/">x</a>'
    page = parse_page(f"{nav.replace('Links', 'Movie reviews')}<p>{LONG}".encode(), "/a/x.htm")
    assert guess_model(page)._meta.app_label == "reviews"


def test_blanks_between_words_are_kept():
    assert parse_page(b"<p><b>one</b> <i>two</i>\n<b>three</b></p>", "/x.htm").html == (
        "<p><strong>one</strong> <em>two</em> <strong>three</strong></p>"
    )


@pytest.mark.parametrize(
    "data", [b"", b"<", b"\xff\xfe<\0p\0>\0a\0", b"\0" * 50, b"<table>" * 300, "<p>é</p>".encode("utf-16")]
)
def test_any_bytes_can_be_read(data):
    assert parse_page(data, "/x.htm").path == "/x.htm"


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</i>", "<table>", "<td>", "<li>", "<h1>", "word ", "<br>", "<a href=x>", "<img src=y>",
                                 "</a>", "<center>", "&amp;", "<frame>", "<ul>", "</table>", "<blockquote>"]), max_size=40))  # fmt: skip
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_word_is_lost_with_any_tags(parts):
    import re
    from html import unescape

    page = parse_page("".join(parts).encode(), "/x.htm")
    text = (
        f"{page.title} "
        + re.sub(r"<[^>]+>", " ", unescape(page.html))
        + " ".join(words for words, _ in page.nav)
    )

    assert text.count("word") >= parts.count("word ")
