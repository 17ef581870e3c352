"""The roof and the desk, as Django apps."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from taggit.apps import TaggitAppConfig


class CinemaclipsConfig(AppConfig):
    name = "cinemaclips"

    def ready(self):
        from cinemaclips import checks  # noqa: F401, PLC0415 - registers the checks


class DeskConfig(AdminConfig):
    """The stock admin in the site's dress."""

    default_site = "cinemaclips.desk.Desk"


class TagsConfig(TaggitAppConfig):
    """The library's tags under the name that editors know them by."""

    verbose_name = "Tags"
