"""App configurations of the project package, the admin and django-taggit."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from taggit.apps import TaggitAppConfig


class CinemaclipsConfig(AppConfig):
    name = "cinemaclips"

    def ready(self) -> None:
        """
        Find the declarations of all sections, and register checks, database triggers and personal data.

        Triggers are installed after every migration: see `magazine.database_triggers`.
        """
        from cinemaclips import cache_generation, checks, section_checks  # noqa: F401, PLC0415 - they register themselves
        from fans import personal_data  # noqa: PLC0415 - models are loaded by now
        from magazine.database_triggers import install_triggers  # noqa: PLC0415
        from magazine.sections import sections  # noqa: PLC0415

        autodiscover_modules("ground_floor", "section")
        for section in sections():
            if section.personal_data:
                personal_data.register(section.personal_data)
        # `post_migrate` is sent once for each app: the last one's is the end of the migration.
        post_migrate.connect(install_triggers, sender=list(apps.get_app_configs())[-1])


class DeskConfig(AdminConfig):
    """Django's admin with the site's own `AdminSite`."""

    default_site = "cinemaclips.desk.Desk"


class TagsConfig(TaggitAppConfig):
    """django-taggit, listed as "Tags" in the admin."""

    verbose_name = "Tags"  # type: ignore[assignment]  # the library has a lazy string
