"""manage.py migrate: Django's own, and then the count of printings on whatever tables there now are."""

from django.core.management.commands import migrate

from cinemaclips.printings import keep_count


class Command(migrate.Command):
    help = migrate.Command.help

    def handle(self, *args, **options):
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            keep_count()
