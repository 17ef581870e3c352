"""Columns of a piece that are computed from its other columns whenever it is saved."""

from typing import TYPE_CHECKING, Any, cast
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models

from films.titles import folded
from magazine.rendering import Audience, as_text, render
from magazine.search.lookups import HasWords, TitleHasWords

if TYPE_CHECKING:
    from magazine.models import Article

    _Field = models.Field[Any, Any]
else:
    _Field = object


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is in the time zone database, such as America/Phoenix."""
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is no time zone. Write it as in America/Phoenix.")


class DerivedFieldMixin(_Field):
    """
    A column that `derive` computes.

    Only the save of a section's object computes it; the shared record alone keeps its value.
    """

    if TYPE_CHECKING:

        def derive(self, piece: "Article") -> Any:
            """The value of the column; each subclass defines it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        piece = cast("Article", model_instance)
        if piece.is_section_piece:
            setattr(piece, self.attname, self.derive(piece))
        return getattr(piece, self.attname)


class SectionField(DerivedFieldMixin, models.CharField):
    """The section a piece belongs to: the label of its model's app."""

    def derive(self, piece: "Article") -> str:
        return piece._meta.app_label


class SearchTitleField(DerivedFieldMixin, models.CharField):
    """The title, folded."""

    def derive(self, piece: "Article") -> str:
        return folded(piece.title)[: self.max_length]


class PlainTextField(DerivedFieldMixin, models.TextField):
    """Dek, verdict and text as plain words without spoilers; excerpts are cut from it."""

    def derive(self, piece: "Article") -> str:
        texts = [] if piece.spoils else [render(html, Audience.SEARCH) for html in piece.texts()]
        return " ".join(filter(None, [piece.dek, piece.verdict, *texts]))


class SearchTextField(DerivedFieldMixin, models.TextField):
    """The folded words by which a search finds the piece. Declared after `plain_text`, which it reads."""

    def derive(self, piece: "Article") -> str:
        return folded(f"{piece.title} {piece.plain_text}")


SearchTextField.register_lookup(HasWords)
SearchTitleField.register_lookup(TitleHasWords)


class WordCountField(DerivedFieldMixin, models.PositiveIntegerField):
    """The number of words on the page, spoilers included."""

    def derive(self, piece: "Article") -> int:
        return sum(len(as_text(html).split()) for html in piece.texts())
