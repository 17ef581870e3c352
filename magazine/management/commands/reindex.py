"""manage.py reindex: bring what search knows of every piece up to date. Safe to run again, or to stop."""

from itertools import batched

from django.core.management.base import BaseCommand
from django.db import transaction

from magazine.models import Article
from magazine.search.index import build_index, is_complete

BATCH_SIZE = 200  # pieces a transaction: readers and writers get in between


class Command(BaseCommand):
    help = (
        "Read every piece anew for the search, and build the index. Nothing a reader sees changes. "
        "--missing reads only the pieces that it has never read."
    )

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true")

    def handle(self, *, missing, **options):
        pieces = Article.objects.never_indexed() if missing else Article.objects.all()
        pks = list(pieces.order_by("pk").values_list("pk", flat=True))
        for batch in batched(pks, BATCH_SIZE):
            with transaction.atomic():
                for article in Article.objects.with_pieces().filter(pk__in=batch):
                    article.piece.index()
        if not (missing and is_complete()):
            build_index()
        self.stdout.write(f"Pieces read for the index: {len(pks)}.")
