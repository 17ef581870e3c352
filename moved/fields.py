"""A slug whose change leaves a way from the old address to the new one."""

import copy

from django.db import models

from moved.models import Move


class LastingSlugField(models.SlugField):
    """
    The end of an address that is a promise: whenever it changes, the old address keeps leading here.

    What a reader may not see is no promise yet; a model says so by `is_published`.
    """

    def pre_save(self, thing, add):
        slug = super().pre_save(thing, add)
        if not add and getattr(thing, "is_published", True):
            before = (
                type(thing)._base_manager.filter(pk=thing.pk).values_list(self.attname, flat=True).first()
            )
            if before and before != slug:
                old = copy.copy(thing)
                setattr(old, self.attname, before)
                Move.objects.record(old.get_absolute_url(), thing.get_absolute_url())
        return slug
