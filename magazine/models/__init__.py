"""Contributors, the article that every published piece is, its corrections, the front page's pins."""

from magazine.models.articles import Article, ArticleTag
from magazine.models.contributors import Byline, Contributor
from magazine.models.corrections import Correction
from magazine.models.disclosure import DisclosureMixin
from magazine.models.pins import Pin
from magazine.models.querysets import ArticleQuerySet
from magazine.models.static_pages import StaticPage
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
