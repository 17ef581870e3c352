"""What a backup contains: a manifest with a checksum for each file and the number of rows of each table."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

MANIFEST, RESULT = "manifest.json", "verified.json"
NAME_FORMAT = "%Y-%m-%dT%H-%M-%SZ"
BLOCK = 1 << 20  # bytes


@dataclass(frozen=True)
class StoredFile:
    """A file of a backup: its SHA-256, its size in bytes and its modification time in nanoseconds."""

    sha256: str
    size: int
    mtime: int


@dataclass(frozen=True)
class Manifest:
    """The content of one backup."""

    made_at: str
    database: str
    rows: dict[str, int]
    files: dict[str, StoredFile] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        folder.joinpath(MANIFEST).write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of the backup in `folder`. Raises `BrokenBackup` if there is none or it is damaged."""
        try:
            content = json.loads(folder.joinpath(MANIFEST).read_text())
            files = {name: StoredFile(**values) for name, values in content.pop("files").items()}
            return cls(**content, files=files)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise BrokenBackup(f"{folder.name} has no readable manifest; it is no complete backup.") from None


class BrokenBackup(Exception):
    """A backup cannot be used; the message is a sentence that says why."""


@dataclass(frozen=True)
class Verification:
    """The result of restoring a backup into a scratch site: what is wrong with it, if anything."""

    at: str
    problems: list[str]

    def write(self, folder: Path) -> None:
        folder.joinpath(RESULT).write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, folder: Path) -> "Verification | None":
        """The result that is kept with the backup in `folder`; None if it was not verified yet."""
        try:
            return cls(**json.loads(folder.joinpath(RESULT).read_text()))
        except (OSError, ValueError, TypeError):
            return None


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def damaged_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    """A sentence for each file that is missing, or is not as the manifest says."""
    for name, stored in manifest.files.items():
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing."
        elif path.stat().st_size != stored.size or checksum(path) != stored.sha256:
            yield f"{name} was changed after the backup was made."


def all_backups() -> list[Path]:
    """The folders of all complete backups, the newest first."""
    if not settings.BACKUP_ROOT.is_dir():
        return []
    folders = [path for path in settings.BACKUP_ROOT.iterdir() if (path / MANIFEST).is_file()]
    return sorted((path for path in folders if time_of(path)), reverse=True)


def time_of(folder: Path) -> datetime | None:
    """When the backup in this folder was made, by its name; None if the folder has another name."""
    try:
        return datetime.strptime(folder.name, NAME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
