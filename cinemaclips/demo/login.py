"""The log-in of the demo's owner."""

import secrets
from pathlib import Path

from django.conf import settings


def demo_login_path() -> Path:
    """The file with the demo log-in, which only the user that runs the site can read."""
    return settings.DATA_DIR / "demo_login"


def read_or_create_demo_password() -> str:
    """The password of the demo log-in, which is made the first time and kept in `demo_login_path()`."""
    path = demo_login_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12))
    return path.read_text()
