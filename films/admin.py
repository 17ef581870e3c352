"""The admin of films, people and releases, and two base classes for other admins."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from films.models import Credit, Film, FilmAlias, Genre, Person, Release
from films.titles import title_key
from photos.forms import PhotoPicker


class PhotoPickerAdmin(admin.ModelAdmin):
    """An admin that shows thumbnails in the field in which a photo is chosen."""

    photo_fields: Sequence[str] = ()

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        if db_field.name in self.photo_fields:
            kwargs["widget"] = PhotoPicker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FuzzySearchAdmin(admin.ModelAdmin):
    """An admin whose search and autocomplete fields use the fuzzy match."""

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        if not title_key(search_term):
            return queryset, False
        found = [row.pk for row in self.model.objects.matching(search_term, limit=60)]
        return queryset.filter(pk__in=found), False


class CreditInline(admin.TabularInline):
    model = Credit
    extra = 1
    autocomplete_fields = ["person"]


class AliasInline(admin.TabularInline):
    model = FilmAlias
    extra = 0


class ReleaseInline(admin.StackedInline):
    model = Release
    extra = 0


@admin.register(Film)
class FilmAdmin(FuzzySearchAdmin, PhotoPickerAdmin):
    list_display = ["title", "year", "runtime", "certificates", "imdb_id"]
    list_filter = ["genres"]
    search_fields = ["title"]
    search_help_text = "Accents, articles, numerals and small slips do not matter."
    photo_fields = ["poster"]
    filter_horizontal = ["genres"]
    prepopulated_fields = {"slug": ["title", "year"]}
    inlines = [CreditInline, AliasInline, ReleaseInline]


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    list_display = ["film", "format", "edition", "distributor", "street_date"]
    list_filter = ["format", "distributor"]
    list_select_related = ["film"]
    date_hierarchy = "street_date"
    search_fields = ["film__title", "edition", "barcode"]
    autocomplete_fields = ["film"]


@admin.register(Person)
class PersonAdmin(FuzzySearchAdmin, PhotoPickerAdmin):
    list_display = ["name", "born", "died"]
    search_fields = ["name"]
    photo_fields = ["portrait"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Genre)
class GenreAdmin(admin.ModelAdmin):
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
