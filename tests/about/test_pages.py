from magazine import starter_texts
from magazine.models import Correction, StaticPage
from tests.factories import make_contributor, make_review, make_staff, tomorrow


def test_starter_texts_are_created_once_and_edits_are_kept(db):
    starter_texts.create_missing_pages()
    assert StaticPage.objects.count() == 8
    StaticPage.objects.filter(slug="ethics").update(body="<p>Ours.</p>")
    starter_texts.create_missing_pages()

    assert StaticPage.objects.get(slug="ethics").body == "<p>Ours.</p>"


def test_a_starter_text_is_parsed_into_html():
    page = starter_texts.parse(
        "title: T\ndek: D\nheading: magazine\norder: 1\n---\nA **b** & <c>.\n\n## H & I\n"
    )

    assert page["body"] == "<p>A <strong>b</strong> &amp; &lt;c&gt;.</p><h2>H &amp; I</h2>"


def test_a_part_of_another_page_is_not_listed(client, db):
    starter_texts.create_missing_pages()
    page = client.get("/about/").content.decode()

    assert "/about/ethics/" in page and "/about/boilerplate/" not in page


def test_past_staff_are_listed(client, db):
    make_contributor(name="Here Now")
    make_contributor(name="Leaving Soon", left_on=tomorrow().date())
    make_contributor(name="Long Gone", left_on="2001-01-01")
    page = client.get("/about/staff/")

    assert [each.name for each in page.context["present"]] == ["Here Now", "Leaving Soon"]
    assert [each.name for each in page.context["past"]] == ["Long Gone"]
    assert "Long Gone" not in client.get("/about/").content.decode()


def test_corrections_of_all_pieces_newest_first(client, db):
    review = make_review(title="M")
    Correction.objects.create(article=review, before="1930", after="1931", corrected_at="2024-02-02")
    Correction.objects.create(article=review, note="A name.", corrected_at="2024-03-03")
    page = client.get("/about/corrections/").content.decode()

    assert page.index("A name.") < page.index("1930")
    assert "<del>1930</del> <ins>1931</ins>" in page


def test_staff_change_a_text_and_cannot_delete_it(client, db):
    starter_texts.create_missing_pages()
    page = StaticPage.objects.get(slug="ethics")
    client.force_login(make_staff("editor"))
    address = f"/desk/magazine/staticpage/{page.pk}"

    assert client.get(f"{address}/change/").status_code == 200
    assert client.post(f"{address}/delete/").status_code == 403
    data = {
        "title": "Ethics",
        "dek": "",
        "body": "<p>New <script>x</script></p>",
        "heading": "promises",
        "order": "3",
    }
    assert client.post(f"{address}/change/", data).status_code == 302
    page.refresh_from_db()
    assert page.body.startswith("<p>New") and "script" not in page.body
    assert page.search_text == " ethics new" and str(page) == "Ethics"
