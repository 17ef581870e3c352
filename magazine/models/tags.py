"""Tags on pieces."""

from django.db import models
from taggit.models import TaggedItemBase


class ArticleTag(TaggedItemBase):
    """A tag on a piece of any section."""

    content_object = models.ForeignKey("magazine.Article", on_delete=models.CASCADE, related_name="tagged")
