"""Formats the lines of the log with times in UTC, so that logs of two machines can be compared."""

import logging
import time


class UTCFormatter(logging.Formatter):
    converter = staticmethod(time.gmtime)
