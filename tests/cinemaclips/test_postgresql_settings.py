"""The settings of a database on a server."""

from types import SimpleNamespace

from cinemaclips.management.commands import setup
from cinemaclips.postgresql import server_database


def test_a_server_is_given_up_in_time_and_its_url_keeps_its_own_options():
    database = server_database("postgresql://ana@db.example/magazine?sslmode=require", 2.5)

    assert (database["NAME"], database["HOST"], database["CONN_HEALTH_CHECKS"]) == (
        "magazine",
        "db.example",
        True,
    )
    assert database["OPTIONS"] == {
        "sslmode": "require", "connect_timeout": 2, "options": "-c lock_timeout=2500 -c statement_timeout=30000",
    }  # fmt: skip


def test_a_server_s_migrations_are_each_a_transaction(monkeypatch):
    called = []
    monkeypatch.setattr(setup, "connection", SimpleNamespace(vendor="postgresql"))
    monkeypatch.setattr(setup, "call_command", lambda *words, **options: called.append(words))
    setup.migrate()

    assert called == [("migrate",)]
