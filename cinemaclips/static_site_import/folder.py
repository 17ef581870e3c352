"""The folder of an old site, as it was on its server."""

from pathlib import Path
from typing import TYPE_CHECKING

from cinemaclips.static_site_import.importer import PAGES

if TYPE_CHECKING:
    pass

LARGEST = 5_000_000  # bytes of one page


class Folder:
    """The files of an old site by their path from its root; a path that leads out of the folder has none."""

    def __init__(self, folder: Path) -> None:
        self.root = folder.resolve()

    def pages(self) -> list[str]:
        """The paths of its HTML files, sorted."""
        found = (
            path for path in sorted(self.root.rglob("*")) if path.suffix.lower() in PAGES and path.is_file()
        )
        return [f"/{path.relative_to(self.root).as_posix()}" for path in found]

    def get(self, url_path: str) -> bytes | None:
        path = (self.root / url_path.lstrip("/")).resolve()
        if not path.is_relative_to(self.root) or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read()

    def __getitem__(self, url_path: str) -> bytes:
        return (self.get(url_path) or b"")[:LARGEST]
