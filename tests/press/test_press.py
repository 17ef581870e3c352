import io
import re
from zipfile import ZipFile

from magazine import starter_texts
from photos.models import Photo
from press.models import KitPhoto, Mention, PressContact
from tests.factories import make_contact, make_photo, make_press_release, make_review, yesterday


def kit(client):
    response = client.get("/press/kit.zip")
    return ZipFile(io.BytesIO(response.getvalue()))


def test_the_contact_is_at_the_top_of_the_page(client, db):
    make_contact(name="Nora", phone="+1 (480) 555-0134")
    make_press_release(title="News", contact=PressContact.objects.get())
    page = client.get("/press/").content.decode()

    assert 'href="tel:+14805550134"' in page
    assert page.index("Nora") < page.index("News")


def test_a_telephone_number_without_a_country_code_is_unchanged():
    assert PressContact(phone="480 555 0134").dial_number == "4805550134"


def test_releases_are_dated_and_newest_first(client, db):
    make_press_release(title="Old", published_at="2020-02-03T19:00Z")
    make_press_release(title="New")
    page = client.get("/press/").content.decode()

    assert page.index("New") < page.index("Old") and "3 February 2020" in page


def test_a_release_cannot_go_out_without_contact_and_text(db):
    release = make_press_release(body="")
    release.contact = None
    assert [each.field for each in release.publish_blockers()] == ["contact", "body"]


def test_the_kit_is_built_from_current_data(client, db):
    starter_texts.create_missing_pages()
    make_contact(name="Nora Tamblyn", title="Editor", hours="9 to 5")
    make_review()
    photo = make_photo(caption="The door & the dog", credit="Ann", copyright="J-R", press_use=True)
    KitPhoto.objects.create(photo=photo)
    with kit(client) as first:
        names = first.namelist()
        captions = first.read("captions.txt").decode()
        sheet = first.read("fact-sheet.txt").decode()
        picture = first.read(names[-1])

    assert names == [
        "captions.txt",
        "fact-sheet.txt",
        "terms.txt",
        f"pictures/{photo.download_name('print')}",
    ]
    assert "The door & the dog" in captions and "Credit: Ann" in captions and "640 x 400" in captions
    assert "Nora Tamblyn, Editor" in sheet and re.search(r"Pieces published +1\n", sheet)
    assert picture.startswith(b"\xff\xd8") and b"Ann" in picture

    Photo.objects.update(caption="Another caption")
    assert "Another caption" in kit(client).read("captions.txt").decode()


def test_a_picture_leaves_the_kit_when_its_rights_end(client, db):
    photo = make_photo(press_use=True)
    KitPhoto.objects.create(photo=photo)
    assert len(kit(client).namelist()) == 4

    Photo.objects.update(usable_until=yesterday())
    assert len(kit(client).namelist()) == 3
    assert "No pictures are cleared" in kit(client).read("captions.txt").decode()
    assert photo.alt not in client.get("/press/").content.decode()


def test_a_picture_leaves_the_kit_when_the_press_may_no_longer_use_it(client, db):
    KitPhoto.objects.create(photo=make_photo())
    assert len(kit(client).namelist()) == 3


def test_a_quote_stays_when_its_link_is_gone(client, db):
    Mention.objects.create(outlet="Ledger", quote="Very good", published_on="2020-02-02")
    page = client.get("/press/about-us/").content.decode()

    assert "“Very good”" in page and "2 February 2020" in page and "Read it at" not in page


def test_the_pictures_of_the_kit_link_to_the_terms_of_use(client, db):
    KitPhoto.objects.create(photo=make_photo(press_use=True))
    assert client.get("/press/").content.decode().count("/about/press-terms/") == 1


def test_str_of_every_model(db):
    mention = Mention(outlet="Ledger", published_on="2020-02-02")
    kit_photo = KitPhoto.objects.create(photo=make_photo())
    assert (str(mention), str(kit_photo), str(make_contact())) == (
        "Ledger, 2020-02-02",
        "A door",
        "Nora Tamblyn",
    )
