"""
Tests entering a contest from several processes at once, which are killed with SIGKILL again and again.

    python bench/entering.py --rounds 1000     counts acknowledged entries that are lost or doubled
    python bench/entering.py --rounds 20 --control eager|double|mail     breaks the code; must find faults
    python bench/entering.py --speed 20     confirmed entries a second, compared with syncs of the disk
    python bench/entering.py --race 50     four processes confirm one address at the same moment

All requests go through the site's own views, in processes that share one SQLite file with synchronous=FULL.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinemaclips.settings")
# The limit of mail is not what is measured here; with it the last mails would wait for an hour.
os.environ.setdefault("UNCONFIRMED_MAILS_PER_HOUR", "1000000")


def parse_arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--folder", type=Path, help="Where its data lies; by default a new one each time.")
    words.add_argument("--rounds", type=int, default=0)
    words.add_argument("--control", choices=["eager", "double", "mail"], default="")
    words.add_argument("--speed", type=int, default=0, metavar="SECONDS")
    words.add_argument("--race", type=int, default=0, metavar="ROUNDS")
    return words.parse_args()


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Make the site in `folder` and do what was asked for, one after the other."""
    from bench.contest_load import kills, race, site, speed  # Django is ready now

    site.prepare()
    result: dict[str, Any] = {}
    if asked.rounds:
        result |= kills.kill_rounds(asked.rounds, folder, asked.control)
    if asked.race:
        result |= race.race(asked.race)
    if asked.speed:
        result |= speed.speed(asked.speed, folder)
    return result


def main() -> None:
    asked = parse_arguments()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="entering-"))
    os.environ |= {"DATA_DIR": str(folder), "DATABASE_URL": "", "UNCONFIRMED_MAILS_PER_HOUR": "1000000"}
    django.setup()
    print(json.dumps(measure(asked, folder)))


if __name__ == "__main__":
    main()
