"""Columns that derive from the rest of a piece; each sets itself whenever the piece is saved."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models

from films.titles import folded
from magazine.rendering import Audience, as_text, render
from magazine.search.lookups import HasWords, TitleHasWords


def validate_time_zone(name):
    """A zone of the time zone database, such as America/Phoenix."""
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is no time zone. Write it as in America/Phoenix.")


class DerivedFieldMixin:
    """A column of the shared record that only a piece of a section sets, never the bare record."""

    def pre_save(self, piece, add):
        if piece.is_section_piece:
            setattr(piece, self.attname, self.derive(piece))
        return getattr(piece, self.attname)


class SectionField(DerivedFieldMixin, models.CharField):
    """The section a piece belongs to: the label of its model's app."""

    def derive(self, piece):
        return piece._meta.app_label


class SearchTitleField(DerivedFieldMixin, models.CharField):
    """The title, folded."""

    def derive(self, piece):
        return folded(piece.title)[: self.max_length]


class PlainTextField(DerivedFieldMixin, models.TextField):
    """What excerpts are cut from: dek, verdict and text as plain words; no word of a spoiler."""

    def derive(self, piece):
        texts = [] if piece.spoils else [render(html, Audience.SEARCH) for html in piece.texts()]
        return " ".join(filter(None, [piece.dek, piece.verdict, *texts]))


class SearchTextField(DerivedFieldMixin, models.TextField):
    """Every word of a piece that a search may find, folded; it stands after `plain_text` in the model."""

    def derive(self, piece):
        return folded(f"{piece.title} {piece.plain_text}")


SearchTextField.register_lookup(HasWords)
SearchTitleField.register_lookup(TitleHasWords)


class WordCountField(DerivedFieldMixin, models.PositiveIntegerField):
    """The number of words on the page, spoilers and all."""

    def derive(self, piece):
        return sum(len(as_text(html).split()) for html in piece.texts())
