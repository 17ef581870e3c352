"""An old address and where it leads now."""

from django.db import models
from django.db.models import Q

MAX_PATH_LENGTH = 500


class RedirectTable:
    """The redirects that may apply to some paths, in memory."""

    def __init__(self, exact: "list[Redirect]", prefixes: "list[Redirect]") -> None:
        self.exact = {(redirect.old_path, redirect.old_query): redirect for redirect in exact}
        self.prefixes = sorted(prefixes, key=lambda redirect: len(redirect.old_path), reverse=True)

    def targets_for(self, path: str, query: str) -> list[str]:
        """Where `path` leads, best first: with its query, without it, by the longest prefix over it."""
        found = [self.exact.get((path, query)), self.exact.get((path, ""))]
        found += [redirect for redirect in self.prefixes if path.startswith(redirect.old_path)][:1]
        # Never two slashes in front: that would be another site.
        return ["/" + redirect.target_for(path).lstrip("/\\") for redirect in found if redirect]


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def find_exact(self, path: str, query: str = "") -> "Redirect | None":
        """The redirect of exactly this path and query, or None."""
        return self.filter(old_path=path, old_query=query, is_prefix=False).first()

    def table_for(self, paths: list[str]) -> RedirectTable:
        """The redirects that may apply to any of `paths`; two queries."""
        prefixes = {path[:end] for path in paths for end, character in enumerate(path, 1) if character == "/"}
        exact = self.filter(old_path__in=set(paths), is_prefix=False)
        return RedirectTable(list(exact), list(self.filter(old_path__in=prefixes, is_prefix=True)))

    def record(self, old: str, new: str) -> None:
        """
        Let `old` lead to `new` (paths of this site), in one hop.

        What led to `old` leads to `new` too, and `new` leads nowhere else any more.
        """
        if old == new:
            return
        self.filter(old_path=new, old_query="", is_prefix=False).delete()
        self.filter(new_path=old).update(new_path=new)
        self.update_or_create(old_path=old, old_query="", is_prefix=False, defaults={"new_path": new})


class Redirect(models.Model):
    """
    An address that a page had, here or on the old site, and the page's address now.

    With `is_prefix` it stands for all addresses that begin so, and a star at the end of the new
    address takes what follows.
    """

    old_path = models.CharField("old path", max_length=MAX_PATH_LENGTH, db_index=True)
    old_query = models.CharField(
        "old query", max_length=MAX_PATH_LENGTH, blank=True, help_text="What followed a question mark: id=12."
    )
    is_prefix = models.BooleanField("and everything below", default=False)
    new_path = models.CharField("new path", max_length=MAX_PATH_LENGTH, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["old_path"]
        constraints = [
            models.UniqueConstraint(
                fields=["old_path", "old_query", "is_prefix"],
                name="redirect_source_once",
                violation_error_message="This old address leads somewhere already.",
            ),
            models.CheckConstraint(
                condition=Q(old_path__startswith="/")
                & Q(new_path__startswith="/")
                & ~Q(new_path__startswith="//"),
                name="redirect_within_site",
                violation_error_message="Both addresses begin with one slash: a move never leaves the site.",
            ),
        ]

    def __str__(self) -> str:
        query = f"?{self.old_query}" if self.old_query else ""
        return f"{self.old_path}{'*' if self.is_prefix else ''}{query} → {self.new_path}"

    def target_for(self, path: str) -> str:
        """The new path for `path`, which this redirect is for or covers."""
        if not self.new_path.endswith("*"):
            return self.new_path
        return self.new_path[:-1] + path.removeprefix(self.old_path)
