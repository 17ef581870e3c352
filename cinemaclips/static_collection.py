"""Whether the static files must be collected again."""

from pathlib import Path

from django.conf import settings


def collected_stamp() -> Path:
    """The file whose modification time says when `collectstatic` last finished."""
    return settings.STATIC_ROOT / ".collected"


def has_stale_static() -> bool:
    """Whether a static file or the list of packages has changed since the last `collectstatic`."""
    if not collected_stamp().exists():
        return True
    sources = [
        *(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*")),
        settings.BASE_DIR / "requirements.txt",
    ]
    return max(path.stat().st_mtime for path in sources) > collected_stamp().stat().st_mtime
