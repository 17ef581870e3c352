"""Restores a backup into a data folder, and verifies one by restoring it into a scratch folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from django.conf import settings

from cinemaclips.backup.databases import POSTGRESQL_FILE, SQLITE_FILE, scratch_database
from cinemaclips.backup.making import MEDIA, SECRET
from cinemaclips.backup.manifest import BrokenBackup, Manifest, Verification, damaged_files
from cinemaclips.sqlite.base import marker_of

# What a scratch site must not have of ours: it would send mail, or be at our address.
NOT_OURS = ("EMAIL_URL", "SITE_URL", "ERRORS_TO", "MONITORING_TOKEN", "DATABASE_URL", "BACKUP_ROOT")
RESTORED = (SQLITE_FILE, f"{SQLITE_FILE}-wal", f"{SQLITE_FILE}-shm", MEDIA, SECRET, "saved_pages")


def undamaged_manifest(folder: Path) -> Manifest:
    """The manifest of a backup whose files are all as it says. Raises `BrokenBackup` if one is not."""
    manifest = Manifest.read(folder)
    if problems := list(damaged_files(folder, manifest)):
        raise BrokenBackup(f"{folder.name} is damaged. {' '.join(problems[:5])}")
    return manifest


def write_files(
    folder: Path, manifest: Manifest, data: Path, copy: Callable[[str, str], object] = shutil.copy2
) -> None:
    """Write all files of a backup, but for a PostgreSQL database, into the data folder `data`."""
    for name in manifest.files:
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if name != POSTGRESQL_FILE:
            (shutil.copy2 if name == SQLITE_FILE else copy)(str(folder / name), str(target))
    if SQLITE_FILE in manifest.files:
        marker_of(data / SQLITE_FILE).touch()


def set_aside(data: Path, now: datetime) -> Path:
    """Move what a restore replaces into a new folder beside it. Returns that folder."""
    aside = data / f"replaced-{now:%Y-%m-%dT%H-%M-%S}"
    aside.mkdir(mode=0o700)
    _move(data, aside)
    return aside


def put_back(data: Path, aside: Path) -> None:
    """Undo `set_aside`: what was written meanwhile is deleted."""
    for name in RESTORED:
        shutil.rmtree(data / name) if (data / name).is_dir() else (data / name).unlink(missing_ok=True)
    _move(aside, data)
    aside.rmdir()


def _move(source: Path, target: Path) -> None:
    for name in RESTORED:
        if (source / name).exists():
            (source / name).rename(target / name)


def verify_backup(folder: Path, now: datetime) -> Verification:
    """Restore a backup into a scratch folder, ask its pages, and keep the result with the backup."""
    with tempfile.TemporaryDirectory(dir=settings.BACKUP_ROOT, prefix=".scratch-") as scratch:
        try:
            manifest = undamaged_manifest(folder)
            write_files(folder, manifest, Path(scratch), copy=os.link)
            Path(scratch, "static").symlink_to(settings.STATIC_ROOT)
            is_server = POSTGRESQL_FILE in manifest.files
            with scratch_database(folder / POSTGRESQL_FILE) if is_server else nullcontext("") as url:
                problems = _ask_scratch_site(Path(scratch), folder, url)
        except BrokenBackup as error:
            problems = [str(error)]
    result = Verification(now.isoformat(), problems)
    result.write(folder)
    return result


def _ask_scratch_site(scratch: Path, folder: Path, url: str) -> list[str]:
    """What the process that opens the restored site has found; see `restored_site`."""
    variables = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    asked = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "manage.py", "verify_restored", str(folder)],
        cwd=settings.BASE_DIR,
        env=variables | {"DATA_DIR": str(scratch), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        last_line = (asked.stderr.strip().splitlines() or ["it says nothing"])[-1]
        return [f"The restored site cannot be opened: {last_line[:300]}"]
    return asked.stdout.splitlines()
