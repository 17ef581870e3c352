"""
Loads all views and templates at once.

A process that loads them when they are first asked for would mix old code with new code after an upgrade.
"""

from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template


def load_code() -> None:
    """
    Import all URL patterns with their views, and compile the templates in `templates/`.

    Raises what importing raises, and `TemplateSyntaxError` with the name of the template.
    """
    import_module(settings.ROOT_URLCONF)
    folder = Path(settings.BASE_DIR, "templates")
    for path in sorted(folder.rglob("*.html")):
        load_template(path.relative_to(folder).as_posix())


def load_template(name: str) -> None:
    """Compile one template, which Django then keeps. Raises `TemplateSyntaxError` with its name."""
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        raise TemplateSyntaxError(f"The template {name} cannot be used: {error}") from error
