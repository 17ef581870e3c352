"""Processes that work on one site at once, and the file in which they note what they did."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from django.db import connection

fork = multiprocessing.get_context("fork")


def start(work: Callable[..., None], *args: Any) -> BaseProcess:
    """Begin the work in a process of its own, which opens its own connection to the database."""
    connection.close()
    process = fork.Process(target=work, args=args)
    process.start()
    return process


def wait_for(processes: Iterable[BaseProcess]) -> None:
    for process in processes:
        process.join()
        assert process.exitcode == 0


class Log:
    """A file to which several processes append lines; each line is written in one piece."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, *words: str) -> None:
        handle = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.write(handle, (" ".join(words) + "\n").encode())
        os.close(handle)

    def lines(self) -> list[list[str]]:
        return [line.split() for line in self.path.read_text().splitlines()] if self.path.exists() else []
