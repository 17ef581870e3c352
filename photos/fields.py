"""How other records point at a picture of the library, and how what readers see asks for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, Self, overload

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

if TYPE_CHECKING:
    from photos.models import Photo


class UsablePhotoDescriptor(ForwardManyToOneDescriptor):
    """The picture while its rights run; None before and after, as if none had been chosen."""

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        photo: Any = super().__get__(instance, cls)
        is_photo = photo is not self and photo is not None
        return photo if not is_photo or photo.is_usable else None


class PhotoField(models.ForeignKey):
    """
    An optional picture. Whoever asks for it gets it only while it may be shown.

    The primary key stays in `<name>_id`, so that the desk sees and keeps what was chosen. Its model names
    the usable photo too: `usable_poster = UsablePhoto("poster")`.
    """

    forward_related_accessor_class = UsablePhotoDescriptor

    def __init__(
        self, to: str = "photos.Photo", on_delete: Callable[..., Any] = models.SET_NULL, **kwargs: Any
    ) -> None:
        options: dict[str, Any] = {"null": True, "blank": True, "related_name": "+"} | kwargs
        super().__init__(to, on_delete, **options)


class UsablePhoto:
    """The picture of a `PhotoField` while its rights run; None before and after, as if none were chosen."""

    def __init__(self, field: str) -> None:
        self.field = field

    @overload
    def __get__(self, record: None, model: type) -> Self: ...
    @overload
    def __get__(self, record: models.Model, model: type) -> "Photo | None": ...
    def __get__(self, record: models.Model | None, model: type) -> "Self | Photo | None":
        if record is None:
            return self
        photo: Photo | None = getattr(record, self.field)
        return photo if photo and photo.is_usable else None

    def __set__(self, record: models.Model, photo: object) -> NoReturn:
        raise AttributeError(f"A usable photo is read-only. Set {self.field!r}.")
