"""The settings of a database on a PostgreSQL server."""

from typing import Any

import dj_database_url

CONNECT_TIMEOUT, STATEMENT_TIMEOUT = 2, 30  # seconds
MAX_AGE = 600  # seconds that a connection is used again


def server_database(url: str, wait: float) -> dict[str, Any]:
    """The entry of `DATABASES` for `url`. A statement waits at most `wait` seconds for another's lock."""
    database: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=MAX_AGE, conn_health_checks=True)}
    limits = f"-c lock_timeout={int(wait * 1000)} -c statement_timeout={STATEMENT_TIMEOUT * 1000}"
    database["OPTIONS"] = database.get("OPTIONS", {}) | {
        "connect_timeout": CONNECT_TIMEOUT,
        "options": limits,
    }
    return database
