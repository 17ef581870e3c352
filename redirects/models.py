"""Redirects: an old path and the path it leads to now."""

from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import Q

MAX_PATH_LENGTH = 500


class RedirectTable:
    """The redirects that may apply to certain paths, held in memory, so that a lookup runs no query."""

    def __init__(self, exact: "Iterable[Redirect]", prefixes: "Iterable[Redirect]") -> None:
        self.exact = {(redirect.old_path, redirect.old_query): redirect for redirect in exact}
        self.prefixes = sorted(prefixes, key=lambda redirect: len(redirect.old_path), reverse=True)

    def targets_for(self, path: str, query: str) -> list[str]:
        """
        The paths that `path` redirects to, best first.

        Found by path and query, then by path alone, then by the longest prefix of the path.
        """
        found = [self.exact.get((path, query)), self.exact.get((path, ""))]
        found += [redirect for redirect in self.prefixes if path.startswith(redirect.old_path)][:1]
        # A target that begins with two slashes would be another site.
        return ["/" + redirect.target_for(path).lstrip("/\\") for redirect in found if redirect]


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def find_exact(self, path: str, query: str = "") -> "Redirect | None":
        """The redirect of exactly this path and query, or None."""
        return self.filter(old_path=path, old_query=query, is_prefix=False).first()

    def table_for(self, paths: Collection[str]) -> RedirectTable:
        """The redirects that may apply to any of `paths`, by path or by prefix; two queries."""
        prefixes = {path[:end] for path in paths for end, character in enumerate(path, 1) if character == "/"}
        exact = self.filter(old_path__in=set(paths), is_prefix=False)
        return RedirectTable(list(exact), list(self.filter(old_path__in=prefixes, is_prefix=True)))

    def record(self, old: str, new: str) -> None:
        """
        Redirect `old` to `new` (paths of this site).

        Redirects to `old` are changed to lead to `new`, so that there is always one hop. A redirect
        from `new` is deleted.
        """
        if old == new:
            return
        self.filter(old_path=new, old_query="", is_prefix=False).delete()
        self.filter(new_path=old).update(new_path=new)
        self.update_or_create(old_path=old, old_query="", is_prefix=False, defaults={"new_path": new})


class Redirect(models.Model):
    """
    A path that a page had, on this site or on an old one, and the page's path now.

    With `is_prefix` it applies to all paths that begin with `old_path`; a star at the end of `new_path` is
    then replaced by the rest of the requested path.
    """

    old_path = models.CharField("old path", max_length=MAX_PATH_LENGTH, db_index=True)
    old_query = models.CharField(
        "old query",
        max_length=MAX_PATH_LENGTH,
        blank=True,
        help_text="What follows the question mark, such as id=12.",
    )
    is_prefix = models.BooleanField("and everything below it", default=False)
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
        """The new path for `path`, which is `old_path` or, for a prefix, begins with it."""
        if not self.new_path.endswith("*"):
            return self.new_path
        return self.new_path[:-1] + path.removeprefix(self.old_path)
