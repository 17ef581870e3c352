"""The site that readers enter: a migrated database with one open contest."""

import time

from django.core.management import call_command
from django.db import connection

from bench.contest_load.readers import confirm, send
from contest.models import Contest, Region
from tests.factories import make_contest


def prepare() -> None:
    """A migrated database with one open contest in it; does nothing where there is one."""
    if "contest_contest" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    if not Contest.objects.exists():
        make_contest(slug="bench", draw_id="bench")
    entry = send(f"warm{time.time_ns()}@example.com", region_pk())
    assert entry
    confirm(entry)
    connection.close()


def region_pk() -> int:
    return Region.objects.all()[0].pk
