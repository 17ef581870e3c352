"""Records which rows the demo magazine creates, so that exactly these can be deleted."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from cinemaclips.models import DemoRow
from films.fuzzy_match import unused_slug
from photos.image_processing import process_image
from photos.models import Photo

DRAWN_BY = "Sam Brightwater"


class RowRecorder:
    """Creates rows and records them as `DemoRow`s for `removal.remove`."""

    def __init__(self) -> None:
        self.made: list[models.Model] = []

    def record[M: models.Model](self, row: M) -> M:
        """Record a row that was created elsewhere. Returns the row."""
        self.made.append(row)
        return row

    def create[M: models.Model](self, model: type[M], **fields: Any) -> M:
        return self.record(model._default_manager.create(**fields))

    def create_photo(self, drawing: bytes, **fields: Any) -> Photo:
        """Create a photo from the bytes of a drawing."""
        photo = Photo(credit=DRAWN_BY, copyright="cinemaCLIPS", **fields)
        photo.set_image(process_image(drawing))
        photo.save()
        return self.record(photo)

    def save_records(self) -> None:
        """Save a `DemoRow` for every recorded row."""
        kinds = ContentType.objects.get_for_models(*{type(row) for row in self.made})
        DemoRow.objects.bulk_create(
            DemoRow(content_type=kinds[type(row)], object_id=row.pk) for row in self.made
        )


def free_slug(model: type[models.Model], text: str) -> str:
    """`text` as a slug that no row of `model` has."""
    taken = set(model._default_manager.values_list("slug", flat=True))
    return unused_slug(text, taken, max_length=50)
