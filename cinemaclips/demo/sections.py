"""Creates the discs, albums, posts, press pieces, picks and links of the demo."""

from decimal import Decimal

from django.utils.text import slugify

from blog.models import Post, Series
from cinemaclips.demo.drawings import ALT_TEXTS, draw_motif
from cinemaclips.demo.filling import DemoFiller
from cinemaclips.demo.text_files import Fields, field_value, read_records, read_rows, split_names, to_html
from dvdelighted.models import DiscReview
from films.models import Release
from gallery.models import Album, Picture
from links.models import Category, Link
from magazine.models import Byline
from photos.models import Photo
from picks.models import Ballot, Choice, Pick, PickList, WeeklyPick
from press.models import KitPhoto, Mention, PressContact, PressRelease

EDITION_NOTE = "The edition is invented for this sample."


class DemoSections(DemoFiller):
    """Fills discs, albums, posts, press, lists, picks of the week and links."""

    def fill(self) -> None:
        """Create everything, in an order in which later sections can point at earlier ones."""
        self.load_discs()
        self.load_coming()
        self.load_albums()
        self.load_posts()
        self.load_press()
        self.load_lists()
        self.load_weekly()
        self.load_links()

    def load_discs(self) -> None:
        for number, (fields, (film_text, transfer, supplements)) in enumerate(read_records("discs.txt")):
            release = self._create_release(fields, number)
            self._create_disc_review(release, fields, film_text, transfer, supplements)

    def _create_release(self, fields: Fields, number: int) -> Release:
        return self.rows.create(
            Release,
            film=self.films[field_value(fields, "film")],
            **{name: field_value(fields, name) for name in ("format", "edition", "distributor", "region")},
            street_date=self.date_in(field_value(fields, "street")),
            discs=int(field_value(fields, "discs")),
            aspect_ratio=field_value(fields, "aspect"),
            picture=field_value(fields, "picture"),
            sound=field_value(fields, "sound"),
            subtitles=field_value(fields, "subtitles"),
            runtime=int(field_value(fields, "runtime")),
            list_price=Decimal(field_value(fields, "price")),
            extras="\n".join(fields.get("extras", [])),
            barcode=barcode(number + 1),
        )

    def _create_disc_review(
        self, release: Release, fields: Fields, film_text: str, transfer: str, supplements: str
    ) -> None:
        parts = ("film_half_stars", "picture_half_stars", "sound_half_stars", "extras_half_stars")
        ratings = dict(zip(parts, map(int, field_value(fields, "parts").split()), strict=True))
        disc = self.create_piece(
            DiscReview, field_value(fields, "slug"), fields, 5, film=release.film, release=release,
            verdict=field_value(fields, "verdict"), half_stars=int(field_value(fields, "stars")), **ratings,
            how_seen=field_value(fields, "how"), how_seen_note=EDITION_NOTE, spoils=bool(field_value(fields, "spoils")),
            body=to_html(film_text), transfer=to_html(transfer), supplements=to_html(supplements),
        )  # fmt: skip
        self.sign(disc, field_value(fields, "critic"))

    def load_coming(self) -> None:
        for film, format, edition, distributor, days, price in read_rows("coming_discs.txt"):
            self.rows.create(
                Release, film=self.films[film], format=format, edition=edition, distributor=distributor,
                street_date=self.date_in(days), list_price=Decimal(price),
            )  # fmt: skip

    def load_albums(self) -> None:
        for slug, title, by, days, motif, many, dek, film in read_rows("albums.txt"):
            fields = {"title": [title], "days": [days], "dek": [dek], "tags": ["drawings"]}
            album = self.create_piece(Album, slug, fields, 6)
            self.sign(album, by, Byline.Role.PHOTOS)
            self.sign(album, by)
            for number in range(int(many)):
                photo = self._create_drawing(motif, number, f"{title}: number {number + 1} of {many}.")
                Picture.objects.create(album=album, photo=photo, order=number * 10, film=self.films.get(film))
            album.choose_cover()
            album.add_films_and_people()
            album.index()

    def _create_drawing(self, motif: str, number: int, caption: str) -> Photo:
        return self.rows.create_photo(
            draw_motif(motif, number), alt=ALT_TEXTS[motif], caption=caption, press_use=number < 2
        )

    def load_posts(self) -> None:
        for fields, (text,) in read_records("posts.txt"):
            name, kind = field_value(fields, "series"), field_value(fields, "kind", Post.Kind.ENTRY)
            post = self.create_piece(
                Post, field_value(fields, "slug"), fields, 4, kind=kind, said_by=field_value(fields, "said"),
                series=self._get_or_create_series(name) if name else None, body=to_html(text),
            )  # fmt: skip
            post.films.set(self.films[each] for each in split_names(field_value(fields, "films")))
            self.sign(post, field_value(fields, "by"))

    def _get_or_create_series(self, name: str) -> Series:
        series = Series.objects.filter(name=name).first()
        return series or self.rows.create(Series, name=name, slug=slugify(name))

    def load_press(self) -> None:
        contact = self.rows.create(
            PressContact, name="Nora Tamblyn", title="Editor", phone="+1 480 555 0134",
            email="press@example.com", hours="Weekdays, 9 to 5, Arizona time",
        )  # fmt: skip
        for fields, (text,) in read_records("releases.txt"):
            release = self.create_piece(PressRelease, field_value(fields, "slug"), fields, 7, contact=contact)
            release.dateline, release.body = field_value(fields, "dateline"), to_html(text)
            release.save()
        for outlet, headline, quote, author, days, url, archived in read_rows("mentions.txt"):
            self.rows.create(
                Mention, outlet=outlet, headline=headline, quote=quote, author=author,
                published_on=self.date_in(-int(days)), url=url, archived_url=archived,
            )  # fmt: skip
        for place, photo in enumerate(Photo.objects.filter(press_use=True).order_by("pk")[:6]):
            self.rows.create(KitPhoto, photo=photo, order=place)

    def load_lists(self) -> None:
        for fields, (text,) in read_records("lists.txt"):
            picks = self.create_piece(
                PickList, field_value(fields, "slug"), fields, 8, list_kind=field_value(fields, "order")
            )
            picks.body = to_html(text)
            picks.save()
            self.sign(picks, field_value(fields, "by"))
            self._create_picks(picks, fields)
            picks.update_picks_and_films()
            picks.index()

    def _create_picks(self, picks: PickList, fields: Fields) -> None:
        chosen = fields.get("pick", []) + fields.get("note", [])
        for position, line in enumerate(chosen, 1):
            film, note = line.split(" = ")
            Pick.objects.create(list=picks, film=self.films[film], position=position, note=note)
        for line in fields.get("ballot", []):
            name, films = line.split(" = ")
            ballot = Ballot.objects.create(list=picks, contributor=self.people[name])
            for rank, film in enumerate(split_names(films), 1):
                Choice.objects.create(ballot=ballot, film=self.films[film], rank=rank)

    def load_weekly(self) -> None:
        for film, by, days, note, where in read_rows("weekly.txt"):
            self.rows.create(
                WeeklyPick, film=self.films[film], contributor=self.people[by], note=note, where_to_see=where,
                starts_on=self.date_in(days), ends_on=self.date_in(int(days) + 6),
            )  # fmt: skip

    def load_links(self) -> None:
        for place, (heading, title, url, note) in enumerate(read_rows("links.txt")):
            category = Category.objects.filter(name=heading).first() or self.rows.create(
                Category, name=heading, slug=slugify(heading), order=place
            )
            if not Link.objects.filter(url=url).exists():
                self.rows.create(Link, category=category, title=title, url=url, note=note)


def barcode(number: int) -> str:
    """A UPC that no shop uses, with its check digit right."""
    stem = f"00000000{number:03}"
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(stem))
    return f"{stem}{-weighted % 10}"
