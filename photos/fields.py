"""How other records point at a picture of the library, and how what readers see asks for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, Self, overload

from django.db import models

if TYPE_CHECKING:
    from photos.models import Photo


class PhotoField(models.ForeignKey):
    """
    An optional picture, whether or not its rights run: for what keeps, edits or copies it.

    Its model names the other side too, for what shows it: `usable_poster = UsablePhoto("poster")`.
    """

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
