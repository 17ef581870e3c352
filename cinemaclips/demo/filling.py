"""The base class of the parts of the demo that fill a section."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cinemaclips.demo.rows import RowRecorder
from cinemaclips.demo.text_files import Fields, field_value
from films.models import Film
from magazine.models import Article, Byline, Contributor


class DemoFiller:
    """Creates pieces and their rows. `films` and `people` are those of the demo, by name."""

    def __init__(
        self, rows: RowRecorder, films: dict[str, Film], people: dict[str, Contributor], now: datetime
    ) -> None:
        self.rows, self.films, self.people, self.now = rows, films, people, now

    def create_piece[P: Article](
        self, model: type[P], slug: str, fields: Fields, hours: int, **more: Any
    ) -> P:
        """Create a published piece with its dek and tags. `hours` dates it that much before others of its day."""
        piece = self.rows.create(
            model,
            slug=slug,
            title=field_value(fields, "title"),
            dek=field_value(fields, "dek"),
            published_at=self.now - timedelta(days=int(field_value(fields, "days")), hours=hours),
            **more,
        )
        piece.tags.add(*filter(None, field_value(fields, "tags").split(", ")))
        return piece

    def sign(self, piece: Article, name: str, role: Byline.Role = Byline.Role.WORDS) -> None:
        """Give the piece a byline."""
        Byline.objects.create(article=piece, contributor=self.people[name], role=role)

    def date_in(self, days: str | int) -> date:
        """The date that many days from today, in the site's zone."""
        return timezone.localdate(self.now) + timedelta(days=int(days))
