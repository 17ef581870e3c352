"""The value of SECRET_KEY, which is generated once and kept in the data folder."""

import os
import secrets
import sys
from pathlib import Path


def read_or_create_secret(path: Path) -> str:
    """
    The secret in the file `path`. The first call creates the file, readable by its owner only.

    Raises `SystemExit` with one sentence if the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        sys.exit(
            f"The data folder {path.parent} cannot be written ({error.strerror}). Change its owner, or "
            "name another one: DATA_DIR=/path/to/folder make run"
        )
    with os.fdopen(descriptor, "w") as file:
        secret = secrets.token_urlsafe(64)
        file.write(secret)
    return secret
