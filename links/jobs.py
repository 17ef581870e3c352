"""The background job of the directory of links."""

from links.checking import check_due_links

LINKS_PER_RUN = 4


def check_links() -> None:
    """Visit a few links whose check is due."""
    check_due_links(limit=LINKS_PER_RUN)
