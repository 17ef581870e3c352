"""
Collects what the tests of a section add to the tests of all sections.

The tests of a section may have a module `pages.py` with PAGES (rows of the table in
tests/test_every_page.py), `fill()`, which creates what these pages show, and `make_piece(author, **fields)`.
"""

from importlib import import_module
from importlib.util import find_spec

from magazine.sections import sections

WITH_PAGES = [section.app_label for section in sections() if find_spec(f"tests.{section.app_label}.pages")]
SECTION_PAGES = [import_module(f"tests.{name}.pages") for name in WITH_PAGES]
