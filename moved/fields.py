"""A slug whose change leaves a way from the old address to the new one."""

from django.db import models

from moved.models import Move


class LastingSlugField(models.SlugField):
    """
    The end of an address that is a promise: whenever it changes, the old address keeps leading here.

    What a reader may not see is no promise yet; a model says so by `is_published`.
    """

    def pre_save(self, thing, add):
        slug = super().pre_save(thing, add)
        before = None if add else type(thing)._base_manager.filter(pk=thing.pk).first()
        if before and getattr(before, self.attname) != slug and getattr(before, "is_published", True):
            Move.objects.record(before.get_absolute_url(), thing.get_absolute_url())
        return slug
