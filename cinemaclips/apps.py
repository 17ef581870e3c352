"""The roof and the desk, as Django apps."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from taggit.apps import TaggitAppConfig


class CinemaclipsConfig(AppConfig):
    name = "cinemaclips"

    def ready(self) -> None:
        """Register the checks and the triggers, and have the triggers installed after every migration."""
        from cinemaclips import cache_generation, checks  # noqa: F401, PLC0415 - they register themselves
        from contest import triggers  # noqa: F401, PLC0415 - registers itself
        from magazine.database_triggers import install_triggers  # noqa: PLC0415 - needs the models

        # `post_migrate` is sent once for each app: the last one's is the end of the migration.
        post_migrate.connect(install_triggers, sender=list(apps.get_app_configs())[-1])


class DeskConfig(AdminConfig):
    """The stock admin in the site's dress."""

    default_site = "cinemaclips.desk.Desk"


class TagsConfig(TaggitAppConfig):
    """The library's tags under the name that editors know them by."""

    verbose_name = "Tags"
