"""Writes a new section from `section_template`, and adds it to the settings and to pyproject.toml."""

import keyword
from html import escape
from importlib.util import find_spec
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).with_name("section_template")
MAX_LENGTH = 20  # characters, as `Article.section` holds
# (file, text that is in it, the same text with the name of the new section before it).
ENTRIES = [
    ("cinemaclips/settings.py", '    "magazine",\n', '    "{name}",\n    "magazine",\n'),
    ("pyproject.toml", '"reviews", "interviews",', '"{name}", "reviews", "interviews",'),
    ("pyproject.toml", '"reviews | interviews', '"{name} | reviews | interviews'),
]


class UnusableName(Exception):
    """The name or label cannot be used for a new section. The message says why."""


def write_section(name: str, label: str, folder: Path) -> list[Path]:
    """
    Write the section into the project in `folder`. Returns the paths of all files written or changed.

    Raises `UnusableName`, before anything is written, for a name that is taken or cannot name an app.
    """
    _check_name(name, folder)
    if set(label) & set('"\\\n{}'):
        raise UnusableName(f"The label {label!r} has a character that cannot stand in code.")
    words = {
        "name": name,
        "model": name.capitalize(),
        "declaration": f"{name.capitalize()}Section",
        "label": label,
        "words": label.lower(),
    }
    written = [_write(source, words, folder) for source in sorted(TEMPLATE.rglob("*.txt"))]
    return written + _enter(name, folder)


def _check_name(name: str, folder: Path) -> None:
    if not (name.isidentifier() and name.islower() and name.isascii()) or keyword.iskeyword(name):
        raise UnusableName(f"{name!r} is no name for an app: use lower-case letters and digits, one word.")
    if len(name) > MAX_LENGTH:
        raise UnusableName(f"{name!r} is longer than {MAX_LENGTH} characters.")
    if (folder / name).exists() or find_spec(name):
        raise UnusableName(f"There is a folder or a Python package {name!r} already.")


def _write(source: Path, words: dict[str, str], folder: Path) -> Path:
    part, *rest = source.relative_to(TEMPLATE).parts
    homes = {"app": folder / words["name"]}
    home = homes.get(part, folder / part / words["name"])
    path = home.joinpath(*rest[:-1], rest[-1].removesuffix(".txt").replace("NAME", words["name"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".html":
        words = words | {"label": escape(words["label"])}
    path.write_text(Template(source.read_text()).substitute(words))
    return path


def _enter(name: str, folder: Path) -> list[Path]:
    """Add the name to the lists of Django, mypy, coverage and import-linter. Returns the changed files."""
    for file, before, after in ENTRIES:
        path = folder / file
        path.write_text(path.read_text().replace(before, after.format(name=name)))
    return sorted({folder / file for file, _, _ in ENTRIES})
