"""A slug whose change records a redirect from the old URL to the new one."""

from typing import Any, cast

from django.db import models

from redirects.models import Redirect


class RedirectingSlugField(models.SlugField):
    """
    The end of a public URL. Whenever it changes, a redirect from the old URL is recorded.

    A piece whose `is_published` is false has no public URL yet, so no redirect is recorded.
    """

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        slug = super().pre_save(instance, add)
        previous: Any = None if add else type(instance)._base_manager.filter(pk=instance.pk).first()
        if previous and getattr(previous, self.attname) != slug and getattr(previous, "is_published", True):
            Redirect.objects.record(previous.get_absolute_url(), cast(Any, instance).get_absolute_url())
        return slug
