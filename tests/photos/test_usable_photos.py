"""
What readers see asks for `usable_poster`, never for `poster`, which is there whatever its rights.

These tests read every template and module, and find those that show a photo without asking for its rights.
"""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from magazine.sections import sections
from photos.fields import PhotoField
from tests.photos.test_photo_fields import FIELDS

ROOT = Path(settings.BASE_DIR)
NAMES = {field.name for field in FIELDS}
# Modules and folders whose work is to keep, edit and make records; readers see nothing of them.
NOT_FOR_READERS = {"admin", "demo", "migrations"}


def variable_name(class_name):
    """What a variable with an object of the class is called: KitPhoto → kit_photo."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", class_name).lower()


# (variable, name) of other models' fields that share a name with a photo field, such as Picture.photo.
NAMESAKES = {
    (variable_name(model.__name__), field.name)
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if field.name in NAMES and not isinstance(field, PhotoField)
}
TEMPLATE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
TEMPLATE_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
TEMPLATE_LOOKUP = re.compile(rf"(\w+)\.({'|'.join(sorted(NAMES))})\b")


def plain_reads_in_template(text):
    """The lookups of `text` that read a photo without asking for its rights, as (variable, field)."""
    code = [TEMPLATE_STRING.sub("", tag) for tag in TEMPLATE_TAG.findall(text)]
    return {lookup for tag in code for lookup in TEMPLATE_LOOKUP.findall(tag)} - NAMESAKES


class PlainReads(ast.NodeVisitor):
    """Collects the same of a Python module. `self` counts as a variable of the class that it stands in."""

    def __init__(self):
        self.found, self.classes = set(), []

    def visit_ClassDef(self, node):
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()

    def visit_Attribute(self, node):
        if node.attr in NAMES and isinstance(node.ctx, ast.Load):
            owner = ast.unparse(node.value).rpartition(".")[2]
            is_self = owner == "self" and self.classes
            self.found.add((variable_name(self.classes[-1]) if is_self else owner, node.attr))
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id in {"getattr", "attrgetter"}:
            paths = [each.value for each in node.args if isinstance(each, ast.Constant)]
            ends = [path.rpartition(".")[2] for path in paths if isinstance(path, str)]
            self.found |= {(node.func.id, end) for end in ends if end in NAMES}
        # What is called is a method of that name, not a photo.
        is_method = isinstance(node.func, ast.Attribute) and node.func.attr in NAMES
        self.visit(node.func.value if is_method else node.func)
        for each in [*node.args, *node.keywords]:
            self.visit(each)


def plain_reads_in_python(source):
    reads = PlainReads()
    reads.visit(ast.parse(source))
    return reads.found - NAMESAKES


def templates_for_readers():
    folders = [*settings.TEMPLATES[0]["DIRS"], ROOT / "cinemaclips/section_template/templates"]
    for folder in map(Path, folders):
        for path in sorted(folder.rglob("*.*")):
            if not NOT_FOR_READERS & set(path.relative_to(folder).parts):
                yield path


def modules_for_readers():
    for folder in {Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ROOT}:
        for path in sorted(folder.rglob("*.py")):
            if not NOT_FOR_READERS & {path.stem, *path.relative_to(folder).parts}:
                yield path


def test_no_template_shows_a_photo_without_asking_for_its_rights():
    found = {str(path): plain_reads_in_template(path.read_text()) for path in templates_for_readers()}

    assert str(ROOT / "templates/films/partials/poster.html") in found
    assert {path: reads for path, reads in found.items() if reads} == {}


def test_no_module_for_readers_reads_a_photo_without_asking_for_its_rights():
    found = {str(path): plain_reads_in_python(path.read_text()) for path in modules_for_readers()}

    assert str(ROOT / "magazine/json_ld.py") in found
    assert {path: reads for path, reads in found.items() if reads} == {}


def test_no_sitemap_reads_a_photo_without_asking_for_its_rights():
    declared = [each for section in sections() for each in section.record_sitemaps if each.photo_attribute]

    assert len(declared) >= 4
    for each in declared:
        fields = [field.name for field in FIELDS if issubclass(each.records().model, field.model)]
        assert each.photo_attribute not in fields


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% if film.poster %}", {("film", "poster")}),
        ("{{ article.lead_photo.credit }}", {("article", "lead_photo")}),
        ('{% include "x.html" with photo=answer.question.photo alt="" %}', {("question", "photo")}),
        ("{% with face=speaker.person.portrait %}", {("person", "portrait")}),
        ("{{ film.usable_poster }} {{ question.photo_alt }} {{ photo.credit }}", set()),
        ("{{ picture.photo.alt }} {% picture kit_photo.photo %}", set()),
        ('<img class="film.poster">{% include "films.poster" %}{# Needs: film.poster #}', set()),
    ],
)
def test_a_template_that_forgets_is_found(text, found):
    assert plain_reads_in_template(text) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("image = film.poster", {("film", "poster")}),
        ("piece.film.poster.share_url()", {("film", "poster")}),
        ("getattr(film, 'poster')", {("getattr", "poster")}),
        ("attrgetter('film.poster')", {("attrgetter", "poster")}),
        ("b.photo = a.photo", {("a", "photo")}),
        ("class Clue:\n    def show(self): return self.photo", {("clue", "photo")}),
        ("class Picture:\n    def show(self): return self.photo", set()),
        ("kit_photo.photo, film.usable_poster, film.poster_id", set()),
        ("album.lead_photo = picture.photo", set()),
        ("sitemap.photo(item)", set()),
        ("sitemap.photo(clue.photo)", {("clue", "photo")}),
    ],
)
def test_a_module_that_forgets_is_found(source, found):
    assert plain_reads_in_python(source) == found
