"""How fast the disk is that the site writes to."""

import os
import time
from pathlib import Path


def syncs_a_second(path: Path, seconds: int = 2) -> int:
    """How often this disk can write a page of 4 kB and sync it, one after the other."""
    many, ends = 0, time.monotonic() + seconds
    with path.open("wb") as file:
        while time.monotonic() < ends:
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            many += 1
    path.unlink()
    return round(many / seconds)
