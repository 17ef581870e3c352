"""Reads the text files of the demo: tables (rows of cells), and records (`name: value` lines above prose)."""

from collections.abc import Iterator
from pathlib import Path

# The fields of a record by name; each is a list, since some come twice.
type Fields = dict[str, list[str]]

HERE = Path(__file__).parent


def read_rows(name: str) -> Iterator[list[str]]:
    """The rows of a file, each as a list of cells; comments are left out."""
    for line in (HERE / name).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def split_names(cell: str) -> list[str]:
    """The parts of a cell between its semicolons."""
    return [name.strip() for name in cell.split(";") if name.strip()]


def parse_record(text: str) -> tuple[Fields, list[str]]:
    """(fields, texts): the `name: value` lines of a record, and the texts between its lines of dashes."""
    head, *texts = text.split("\n---\n")
    fields: Fields = {}
    for line in head.strip().splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), []).append(value.strip())
    return fields, [each.strip() for each in texts]


def read_records(name: str) -> list[tuple[Fields, list[str]]]:
    """The records of a file with several of them, each as `parse_record` returns it."""
    return [parse_record(f"{text}\n") for text in (HERE / name).read_text().split("\n=====\n")]


def field_value(fields: Fields, name: str, default: str = "") -> str:
    """The first value of a field, or `default`."""
    return fields.get(name, [default])[0]


def to_html(text: str) -> str:
    """The HTML of a body, from paragraphs, "## headings" and lines that are HTML already."""
    html = []
    for part in filter(None, text.split("\n\n")):
        if part.startswith("## "):
            html.append(f"<h2>{part[3:]}</h2>")
        else:
            html.append(part if part.startswith("<details") else f"<p>{part}</p>")
    return "".join(html)
