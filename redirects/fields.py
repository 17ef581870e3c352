"""A slug whose change leaves a way from the old address to the new one."""

from typing import Any

from django.db import models

from redirects.models import Redirect


class RedirectingSlugField(models.SlugField):
    """
    The end of an address that is a promise: whenever it changes, the old address keeps leading here.

    What a reader may not see is no promise yet; a model says so by `is_published`.
    """

    def pre_save(self, instance: Any, add: bool) -> str:
        slug = super().pre_save(instance, add)
        previous = None if add else type(instance)._base_manager.filter(pk=instance.pk).first()
        if previous and getattr(previous, self.attname) != slug and getattr(previous, "is_published", True):
            Redirect.objects.record(previous.get_absolute_url(), instance.get_absolute_url())
        return slug
