"""manage.py run: runs the web server and the worker until Ctrl-C, and starts whichever dies again."""

import signal
import socket
import subprocess
import sys
import threading
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cinemaclips.demo.loading import DEMO_USER
from cinemaclips.demo.login import demo_login_path
from cinemaclips.processes import (
    GRACE_SECONDS,
    RestartedProcess,
    keep_running,
    stop_all,
    wait_for_answer,
)


class Command(BaseCommand):
    help = "Run setup, then the server and the worker. --demo also loads the demo magazine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Load the demo magazine too.")

    def handle(self, *, demo: bool, **options: Any) -> None:
        stop_on_signals()
        check_port(settings.HOST, settings.PORT)
        try:
            call_command("setup", demo=demo, stdout=self.stdout)
            self._run_until_a_signal()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")

    def _run_until_a_signal(self) -> NoReturn:
        """Start the server and the worker, and again whichever dies; at a signal stop both."""
        programs: list[RestartedProcess] = []
        reload = threading.Event()
        signal.signal(signal.SIGUSR1, lambda *_: reload.set())
        try:
            for name, command in (
                ("server", server_command(reload=settings.DEBUG)),
                ("worker", worker_command()),
            ):
                programs.append(RestartedProcess(name, command, settings.BASE_DIR))
            if not wait_for_answer(settings.HOST, int(settings.PORT), programs[0].process):
                raise CommandError(f"The server could not start ({programs[0].process.returncode}).")
            self._print_urls()
            keep_running(programs, self._report, reload, self._load_new_code)
        finally:
            stop_all(program.process for program in programs)

    def _load_new_code(self, programs: list[RestartedProcess]) -> None:
        """
        After SIGUSR1: run the setup of the code that is now in the folder, then have it loaded.

        The server answers all the while: its new processes start before the old ones end. If the setup
        fails, everything runs on with the old code.
        """
        done = subprocess.run([sys.executable, "manage.py", "setup"], cwd=settings.BASE_DIR, check=False)  # noqa: S603 - our own program
        if done.returncode:
            self._report("The new code was not loaded, because its setup failed. The old code runs on.")
            return
        server, worker = programs
        server.process.send_signal(signal.SIGHUP)
        worker.restart()
        self._report("The new code is loaded.")

    def _report(self, sentence: str) -> None:
        self.stderr.write(sentence)
        self.stderr.flush()

    def _print_urls(self) -> None:
        lines = [
            "",
            f"  The magazine  {settings.SITE_URL}/",
            f"  The desk      {settings.SITE_URL}/desk/",
        ]
        if settings.MAILBOX:
            lines.append(f"  Its mail      {settings.SITE_URL}/mailbox/")
        if demo_login_path().exists():
            lines.append(f"  Demo log-in   {DEMO_USER} / {demo_login_path().read_text()}")
        self.stdout.write("\n".join([*lines, "", "  Ctrl-C stops it.", ""]))
        self.stdout.flush()


def stop_on_signals() -> None:
    """
    Make SIGINT and SIGTERM end this program.

    Needed for SIGINT because a shell starts a background program with SIGINT ignored, and Python then
    installs no handler of its own.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, exit_quietly)


def exit_quietly(*signal_arguments: Any) -> NoReturn:
    """The handler of SIGTERM: exits with status 0."""
    sys.exit(0)


def check_port(host: str, port: str | int) -> None:
    """Raise `CommandError` if a program already listens at this address."""
    if not str(port).isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT={port} is no port. Choose a number from 1 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Stop the other program, or "
                f"choose another port: PORT={int(port) % 65535 + 1} make run"
            ) from None


def server_command(*, reload: bool) -> list[str]:
    """The command line of gunicorn, with threads, since a request mostly waits for SQLite or the network."""
    return [
        *(sys.executable, "-m", "gunicorn", "cinemaclips.wsgi:application"),
        *("--config", "python:cinemaclips.gunicorn_settings"),
        *(
            "--bind",
            f"{settings.HOST}:{settings.PORT}",
            "--workers",
            str(settings.WEB_PROCESSES),
            "--threads",
            "4",
        ),
        *("--graceful-timeout", str(GRACE_SECONDS), "--log-level", "warning"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000"),
        *(["--reload"] if reload else []),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "work"]
