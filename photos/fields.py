"""How other records point at a picture of the library."""

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor


class UsablePhotoDescriptor(ForwardManyToOneDescriptor):
    """The picture while its rights run; None before and after, as if none had been chosen."""

    def __get__(self, instance, cls=None):
        photo = super().__get__(instance, cls)
        return photo if photo is self or photo is None or photo.is_usable else None


class PhotoField(models.ForeignKey):
    """
    An optional picture. Whoever asks for it gets it only while it may be shown.

    The primary key stays in `<name>_id`, so that the desk sees and keeps what was chosen.
    """

    forward_related_accessor_class = UsablePhotoDescriptor

    def __init__(self, to="photos.Photo", on_delete=models.SET_NULL, **kwargs):
        super().__init__(to, on_delete, **{"null": True, "blank": True, "related_name": "+"} | kwargs)
