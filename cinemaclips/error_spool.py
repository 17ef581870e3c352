"""
Appends the errors of all processes to a file, the spool, which `cinemaclips.error_reports` reads.

An error may be that the database fails, so it goes to a file first. Texts are without personal data.
"""

import json
import logging
import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from django.conf import settings

from cinemaclips.logging import LONGEST_TRACEBACK, is_fault_of_client, without_personal_data

MAX_SPOOL = 2_000_000  # bytes; what comes while it is full is in the log only


class ErrorSpoolHandler(logging.Handler):
    """Appends every error that is our own fault to the spool."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR or is_fault_of_client(record):
            return
        line = {
            "title": without_personal_data(title_of(record))[:300],
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "sample": without_personal_data(_sample(record))[:LONGEST_TRACEBACK],
        }
        with suppress(OSError):  # the log has it
            _append(settings.ERROR_SPOOL, (json.dumps(line) + "\n").encode())


def title_of(record: logging.LogRecord) -> str:
    """What makes errors one kind: the exception and where our code met it, or the words of the log."""
    if record.exc_info and record.exc_info[0]:
        return f"{record.exc_info[0].__name__} in {_place(record.exc_info[2])}"
    return f"{record.name}: {record.msg}"


def _place(trace: TracebackType | None) -> str:
    """File and function of the innermost frame that is code of the site, or else of the innermost frame."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if _is_ours(frame.filename)] or frames
    if not ours:
        return "an unknown place"
    path = Path(ours[-1].filename)
    name = path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path.name
    return f"{name}, {ours[-1].name}"


def _is_ours(filename: str) -> bool:
    return Path(filename).is_relative_to(settings.BASE_DIR) and "site-packages" not in filename


def _sample(record: logging.LogRecord) -> str:
    number = getattr(record, "request_id", "")
    lines = [f"Request {number}" if number else "", record.getMessage()]
    if record.exc_info:
        lines += traceback.format_exception(*record.exc_info)
    return "\n".join(line.rstrip() for line in lines if line)


def _append(spool: Path, line: bytes) -> None:
    file = os.open(spool, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        if os.fstat(file).st_size < MAX_SPOOL:
            os.write(file, line)
    finally:
        os.close(file)
