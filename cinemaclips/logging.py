"""
Log lines without personal data: times in UTC, one line each, with the id of the request.

LOG_FORMAT=json writes objects for a log collector, LOG_FORMAT=line text for people.
"""

import logging
import re
import time
from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest, UnreadablePostError
from pythonjsonlogger.json import JsonFormatter

from cinemaclips.request_ids import request_id, route_of

E_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
IPV4, IPV6 = r"\d{1,3}(?:\.\d{1,3}){3}", r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?:\.\d{1,3}){0,3}"
MAYBE_IP = re.compile(rf"(?<![\w.:])(?:{IPV4}|{IPV6})(?!\w)")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_MESSAGE, LONGEST_TRACEBACK = 2_000, 20_000  # characters
LONGEST_VALUES = {
    **dict.fromkeys(["time", "level", "logger", "message", "request_id"], LONGEST_MESSAGE),
    "exc_info": LONGEST_TRACEBACK,
}
JSON_FIELDS = {"asctime": "time", "levelname": "level", "name": "logger"}


def without_personal_data(text: str) -> str:
    """`text` with e-mail addresses and IP addresses replaced, except those of this machine."""
    return MAYBE_IP.sub(_replace_ip, E_MAIL.sub("[e-mail]", text))


def _replace_ip(found: re.Match[str]) -> str:
    try:
        ip = ip_address(found[0])
    except ValueError:
        return found[0]
    return found[0] if ip.is_loopback or ip.is_unspecified else "[IP]"


class RequestFilter(logging.Filter):
    """
    Add the id of the request, replace its path by its route, and keep to one line what a stranger can cause.

    A path may contain the secret of a mailed link. Malformed requests, and clients that hang up, are no
    fault of the site, and their traceback says nothing.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            route = route_of(request)
            record.args = tuple(route if each == request.path else each for each in record.args)
        if is_fault_of_client(record):
            record.exc_info = record.exc_text = None
        return True


def is_fault_of_client(record: logging.LogRecord) -> bool:
    """Whether the record tells of a malformed or refused request, or of a client that has hung up."""
    error = record.exc_info[1] if record.exc_info else None
    return (
        record.name.startswith("django.security")
        or 400 <= getattr(record, "status_code", 500) < 500
        or isinstance(error, UnreadablePostError)
    )


class LineFormatter(logging.Formatter):
    """One line for people. Only a traceback has more lines."""

    converter = staticmethod(time.gmtime)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name in the library
        record.message = CONTROL.sub(" ", record.message)[:LONGEST_MESSAGE]
        id_of_request = getattr(record, "request_id", "")
        record.request_part = f" [{id_of_request}]" if id_of_request else ""
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))


class JsonLineFormatter(JsonFormatter):
    """One JSON object in a line: time, level, logger, message, id of the request, traceback."""

    converter = staticmethod(time.gmtime)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {
            name: without_personal_data(str(log_data[name]))[:longest]
            for name, longest in LONGEST_VALUES.items()
            if log_data.get(name)
        }


FORMATTERS = {
    "line": {
        "()": "cinemaclips.logging.LineFormatter",
        "fmt": "%(asctime)s %(levelname)s %(name)s%(request_part)s: %(message)s",
    },
    "json": {
        "()": "cinemaclips.logging.JsonLineFormatter",
        "fmt": ["asctime", "levelname", "name", "message", "request_id"],
        "rename_fields": JSON_FIELDS,
    },
}

ERRORS = {"class": "cinemaclips.error_spool.ErrorSpoolHandler", "filters": ["request"]}


def logging_config(log_format: str, *, log_requests: bool) -> dict[str, Any]:
    """The configuration of `logging` for the server, the worker and all commands."""
    console = {"class": "logging.StreamHandler", "formatter": log_format, "filters": ["request"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "cinemaclips.logging.RequestFilter"}},
        "formatters": FORMATTERS,
        "handlers": {"console": console, "errors": ERRORS},
        "root": {"handlers": ["console", "errors"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": []},
            "django.request": {"level": "ERROR"},  # a 404 is no fault of the site
            "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "cinemaclips.requests": {"level": "INFO" if log_requests else "WARNING"},
        },
    }
