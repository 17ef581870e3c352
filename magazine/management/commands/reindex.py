"""manage.py reindex: bring what search knows of every piece up to date. Safe to run again."""

from django.core.management.base import BaseCommand

from magazine.models import Article
from magazine.search.index import build_index


class Command(BaseCommand):
    help = "Read every piece anew for the search, and build the index. Nothing a reader sees changes."

    def handle(self, **options):
        count = 0
        for article in Article.objects.with_pieces().order_by("pk").iterator(chunk_size=200):
            article.piece.index()
            count += 1
        build_index()
        self.stdout.write(f"{count} pieces are in the index.")
