"""Lines for the log: every time in UTC, so that logs of two machines can be laid side by side."""

import logging
import time


class UTCFormatter(logging.Formatter):
    converter = staticmethod(time.gmtime)
