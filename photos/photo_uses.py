"""Where a photo of the library is shown: who may not publish may not change what readers see."""

from django.apps import apps
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Model, QuerySet

from photos.models import Photo

PUBLISH = "magazine.publish_article"


def may_change_photo(user: AbstractUser | AnonymousUser, photo: Photo | None) -> bool:
    """Whether `user` may change this photo, its words included: he may publish, or no reader sees it."""
    return photo is None or user.has_perm(PUBLISH) or not is_shown_to_readers(photo)


def is_shown_to_readers(photo: Photo) -> bool:
    """Whether a public page shows the photo: by a field of a record, or within a text; a query for each."""
    shown = any(_public(model).filter(**{name: photo}).exists() for model, name in _photo_fields())
    return shown or any(
        _public(model).filter(**{f"{name}__contains": f'data-photo="{photo.pk}"'}).exists()
        for model, name in _texts_with_photos()
    )


def _photo_fields() -> list[tuple[type[Model], str]]:
    """(model, field) of every relation to a photo."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model is Photo
    ]


def _texts_with_photos() -> list[tuple[type[Model], str]]:
    """(model, column) of every text in which staff may place photos."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if getattr(field, "may_show_photos", False)
    ]


def _public(model: type[Model]) -> QuerySet:
    """The rows that readers may see. Rows of a model without a gate of its own are all public."""
    rows = model._default_manager.all()
    return rows.reachable() if hasattr(rows, "reachable") else rows
