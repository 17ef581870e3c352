"""Articles, their contributors and corrections, the front page's pins, static pages."""

from magazine.models.articles import Article
from magazine.models.contributors import Byline, Contributor
from magazine.models.corrections import Correction
from magazine.models.disclosure import DisclosureMixin
from magazine.models.pins import Pin
from magazine.models.querysets import ArticleQuerySet
from magazine.models.static_pages import StaticPage
from magazine.models.tags import ArticleTag
from magazine.search.words import Word

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleTag",
    "Byline",
    "Contributor",
    "Correction",
    "DisclosureMixin",
    "Pin",
    "StaticPage",
    "Word",
]
