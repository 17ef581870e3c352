"""manage.py reindex: indexes every piece again. It may be stopped and restarted at any time."""

from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from magazine.models import Article
from magazine.search.index import build_index, is_complete

BATCH_SIZE = 200  # pieces per transaction, so that other writers need not wait long


class Command(BaseCommand):
    help = (
        "Index every piece again, and rebuild the search index. No page changes. "
        "--missing takes only the pieces that were never indexed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true")

    def handle(self, *, missing: bool, **options: Any) -> None:
        pieces = Article.objects.never_indexed() if missing else Article.objects.all()
        pks = list(pieces.order_by("pk").values_list("pk", flat=True))
        for batch in batched(pks, BATCH_SIZE):
            with transaction.atomic():
                for article in Article.objects.with_pieces().filter(pk__in=batch):
                    article.piece.index()
        if not (missing and is_complete()):
            build_index()
        self.stdout.write(f"Pieces read for the index: {len(pks)}.")
