"""
What the server does that gunicorn's command line has no option for.

The first process of gunicorn loads this module and starts all others as copies of itself. So it imports
nothing of the site: new processes would have the old code of what is imported here.
"""

import os
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.http import wsgi


class UnnamedResponse(wsgi.Response):
    """A response without the header `Server`, which would tell a stranger which program to attack."""

    def default_headers(self) -> list[str]:
        return [line for line in super().default_headers() if not line.startswith("Server:")]


wsgi.Response = UnnamedResponse  # type: ignore[misc] # gunicorn has no setting for the class


def on_starting(server: Arbiter) -> None:
    """Called by gunicorn before its first process: prepares the folder for metrics, which begin at zero."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
        folder.mkdir(exist_ok=True)
        for file in folder.glob("*.db"):
            file.unlink()
