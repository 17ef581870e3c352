"""The declaration of the gallery."""

from typing import Any

from django.db.models import Prefetch

from films.models import Film, Person
from gallery.models import Album, Picture
from magazine.page_blocks import FILM, FRONT, PERSON, Block
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, RecordSitemap, Section, register

PICTURES_SHOWN = 8
OF_RECORD = [Block("gallery/partials/pictures.html", "main", 20, lambda page: page["pictures"])]


@register
class Gallery(Section):
    nav_label, nav_position = "Gallery", 70
    piece_model = Album
    heading, heading_position = "Albums", 70
    permissions = {
        CONTRIBUTOR: {"album": WRITING, "picture": EVERYTHING},
        EDITOR: {"album": EVERYTHING, "picture": EVERYTHING},
    }
    record_sitemaps = [
        RecordSitemap("pictures", Picture.objects.published, photo_attribute="photo", position=60)
    ]
    front_newest = 4
    blocks = {
        FRONT: [Block("gallery/partials/front.html", "strips", 10)],
        FILM: OF_RECORD,
        PERSON: OF_RECORD,
    }

    def feed_prefetches(self) -> list[str | Prefetch]:
        return [Prefetch("album__pictures", Picture.objects.usable())]

    def film_context(self, film: Film) -> dict[str, Any]:
        return {"pictures": Picture.objects.published().filter(film=film)[:PICTURES_SHOWN]}

    def person_context(self, person: Person) -> dict[str, Any]:
        return {"pictures": Picture.objects.published().filter(people=person)[:PICTURES_SHOWN]}
