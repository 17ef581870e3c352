"""How other records point at a picture of the library."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor


class UsablePhotoDescriptor(ForwardManyToOneDescriptor):
    """The picture while its rights run; None before and after, as if none had been chosen."""

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        photo: Any = super().__get__(instance, cls)
        is_photo = photo is not self and photo is not None
        return photo if not is_photo or photo.is_usable else None


class PhotoField(models.ForeignKey):
    """
    An optional picture. Whoever asks for it gets it only while it may be shown.

    The primary key stays in `<name>_id`, so that the desk sees and keeps what was chosen.
    """

    forward_related_accessor_class = UsablePhotoDescriptor

    def __init__(
        self, to: str = "photos.Photo", on_delete: Callable[..., Any] = models.SET_NULL, **kwargs: Any
    ) -> None:
        options: dict[str, Any] = {"null": True, "blank": True, "related_name": "+"} | kwargs
        super().__init__(to, on_delete, **options)
