"""An old address and where it leads now."""

from django.db import models
from django.db.models import Q

LONGEST = 500


class Ways:
    """Moves that may lead on from some addresses, in memory."""

    def __init__(self, exact, splats):
        self.exact = {(move.old_path, move.old_query): move for move in exact}
        self.splats = sorted(splats, key=lambda move: len(move.old_path), reverse=True)

    def of(self, path, query):
        """Where `path` leads, best first: with its query, without it, by the longest splat over it."""
        found = [self.exact.get((path, query)), self.exact.get((path, ""))]
        found += [move for move in self.splats if path.startswith(move.old_path)][:1]
        # Never two slashes in front: that would be another site.
        return ["/" + move.leads_to(path).lstrip("/\\") for move in found if move]


class MoveQuerySet(models.QuerySet):
    def of(self, path, query=""):
        """The move of exactly this address, or None."""
        return self.filter(old_path=path, old_query=query, is_splat=False).first()

    def for_addresses(self, paths):
        """What leads on from any of `paths`, to be asked address by address; two queries."""
        starts = {path[: at + 1] for path in paths for at, sign in enumerate(path) if sign == "/"}
        exact = self.filter(old_path__in=set(paths), is_splat=False)
        return Ways(list(exact), list(self.filter(old_path__in=starts, is_splat=True)))

    def record(self, old, new):
        """
        Let `old` lead to `new` (paths of this site), in one hop.

        What led to `old` leads to `new` too, and `new` leads nowhere else any more.
        """
        if old == new:
            return
        self.filter(old_path=new, old_query="", is_splat=False).delete()
        self.filter(new_path=old).update(new_path=new)
        self.update_or_create(old_path=old, old_query="", is_splat=False, defaults={"new_path": new})


class Move(models.Model):
    """
    An address that a page had, here or on the old site, and the page's address now.

    With `is_splat` it stands for all addresses that begin so, and a star at the end of the new
    address takes what follows.
    """

    old_path = models.CharField("old path", max_length=LONGEST, db_index=True)
    old_query = models.CharField(
        "old query", max_length=LONGEST, blank=True, help_text="What followed a question mark: id=12."
    )
    is_splat = models.BooleanField("and everything below", default=False)
    new_path = models.CharField("new path", max_length=LONGEST, db_index=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["old_path"]
        constraints = [
            models.UniqueConstraint(
                fields=["old_path", "old_query", "is_splat"],
                name="move_one_way_from_an_address",
                violation_error_message="This old address leads somewhere already.",
            ),
            models.CheckConstraint(
                condition=Q(old_path__startswith="/")
                & Q(new_path__startswith="/")
                & ~Q(new_path__startswith="//"),
                name="move_within_the_site",
                violation_error_message="Both addresses begin with one slash: a move never leaves the site.",
            ),
        ]

    def __str__(self):
        query = f"?{self.old_query}" if self.old_query else ""
        return f"{self.old_path}{'*' if self.is_splat else ''}{query} → {self.new_path}"

    def leads_to(self, path):
        """The new address for `path`, which this move is of or covers."""
        if not self.new_path.endswith("*"):
            return self.new_path
        return self.new_path[:-1] + path.removeprefix(self.old_path)
