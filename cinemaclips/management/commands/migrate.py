"""manage.py migrate: Django's own, and then the cache generation triggers on all tables."""

from django.core.management.commands import migrate

from cinemaclips.cache_generation import install_triggers


class Command(migrate.Command):
    help = migrate.Command.help

    def handle(self, *args, **options):
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            install_triggers()
