"""The roof and the desk, as Django apps."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules
from taggit.apps import TaggitAppConfig


class CinemaclipsConfig(AppConfig):
    name = "cinemaclips"

    def ready(self) -> None:
        """Find the declarations of all sections; see `magazine.sections`."""
        from cinemaclips import checks, section_checks  # noqa: F401, PLC0415 - registers the checks
        from fans import personal_data  # noqa: PLC0415 - models are loaded by now
        from magazine.sections import sections  # noqa: PLC0415

        autodiscover_modules("ground_floor", "section")
        for section in sections():
            if section.personal_data:
                personal_data.register(section.personal_data)


class DeskConfig(AdminConfig):
    """The stock admin in the site's dress."""

    default_site = "cinemaclips.desk.Desk"


class TagsConfig(TaggitAppConfig):
    """The library's tags under the name that editors know them by."""

    verbose_name = "Tags"  # type: ignore[assignment]  # the library has a lazy string
