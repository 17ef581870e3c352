"""
Makes a backup: the database at one moment, all pictures, and the secret key that signs cookies and links.

A backup is written under another name and renamed when it is complete, so one that was interrupted counts for
nothing. A picture that the last backup has is linked to it and takes no more space.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from cinemaclips.backup.databases import copy_database, database_file
from cinemaclips.backup.manifest import (
    NAME_FORMAT,
    BrokenBackup,
    Manifest,
    StoredFile,
    all_backups,
    checksum,
)

PARTIAL = ".partial"
SECRET, MEDIA = "secret_key", "media"


@contextmanager
def only_one() -> Iterator[None]:
    """Only one process makes, verifies or deletes backups. Raises `BrokenBackup` if another one does."""
    settings.BACKUP_ROOT.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(settings.BACKUP_ROOT / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BrokenBackup(
                "Another process is at work on the backups; try again when it is done."
            ) from None
        yield


def make_backup(now: datetime) -> Path:
    """Make a backup. Returns its folder. Call it within `only_one()`."""
    for left_over in settings.BACKUP_ROOT.glob(f"*{PARTIAL}"):
        shutil.rmtree(left_over)
    folder = settings.BACKUP_ROOT / now.astimezone(UTC).strftime(NAME_FORMAT)
    if folder.exists():
        raise BrokenBackup(f"There is a backup of this second already: {folder.name}.")
    partial = folder.with_name(folder.name + PARTIAL)
    partial.mkdir(mode=0o700)
    files, rows = _copy_everything(partial, previous=next(iter(all_backups()), None))
    Manifest(now.isoformat(), database_file(), rows, files).write(partial)
    os.sync()
    partial.rename(folder)
    return folder


def _copy_everything(target: Path, previous: Path | None) -> tuple[dict[str, StoredFile], dict[str, int]]:
    """
    Copy pictures, database and key. Returns all files with their checksums, and the rows of each table.

    Pictures are copied before the database, so that none is deleted in between, and once more after it,
    because of those that were added.
    """
    known = Manifest.read(previous).files if previous else {}
    files = _copy_pictures(target, previous, known)
    rows = copy_database(target / database_file())
    files |= _copy_pictures(target, previous, known)
    key = settings.DATA_DIR / SECRET
    if key.exists():
        shutil.copy2(key, target / SECRET)
    single = [name for name in (database_file(), SECRET) if (target / name).exists()]
    return files | {name: _stored(target / name) for name in single}, rows


def _copy_pictures(
    target: Path, previous: Path | None, known: dict[str, StoredFile]
) -> dict[str, StoredFile]:
    files = {}
    for source in sorted(settings.MEDIA_ROOT.rglob("*")) if settings.MEDIA_ROOT.exists() else []:
        name = f"{MEDIA}/{source.relative_to(settings.MEDIA_ROOT)}"
        path = target / name
        if not source.is_file():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        stored, found = known.get(name), source.stat()
        if previous and stored and (found.st_size, found.st_mtime_ns) == (stored.size, stored.mtime):
            _link(previous / name, path)
        elif not path.exists():
            shutil.copy2(source, path)
            stored = _stored(path)
        files[name] = stored or _stored(path)
    return files


def _link(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`, unless it is there from the first pass."""
    if not target.exists():
        os.link(source, target)


def _stored(path: Path) -> StoredFile:
    found = path.stat()
    return StoredFile(checksum(path), found.st_size, found.st_mtime_ns)
