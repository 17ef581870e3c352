"""
How long it takes to back up, verify and restore a magazine with a gigabyte of pictures.

    python bench/backup.py [--megabytes 1000]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = 4_000_000  # bytes


def run(*words: str, data: Path) -> float:
    """Run a command on the magazine in `data`. Returns the seconds it took."""
    environment = os.environ | {
        "DATA_DIR": str(data),
        "BACKUP_ROOT": str(data.parent / "backups"),
        "PORT": "8977",
    }
    started = time.monotonic()
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - started


def measure(folder: Path, megabytes: int) -> None:
    data = folder / "data"
    run("setup", "--demo", data=data)
    extra = data / "media/masters/bench"
    extra.mkdir(parents=True)
    for number in range(megabytes * 1_000_000 // PICTURE):
        extra.joinpath(f"{number}.jpg").write_bytes(os.urandom(PICTURE))
    print(f"{megabytes} MB of pictures")
    print(f"  first backup       {run('backup', data=data):6.1f} s")
    time.sleep(1)
    print(f"  second, verified   {run('backup', '--verify', data=data):6.1f} s")
    print(f"  restore elsewhere  {run('restore', 'latest', data=folder / 'elsewhere'):6.1f} s")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--megabytes", type=int, default=1_000)
    where = Path(tempfile.mkdtemp())
    try:
        measure(where, words.parse_args().megabytes)
    finally:
        shutil.rmtree(where)
