"""Modules and functions stay short enough to be read at once, and every function has its types."""

import ast
import statistics
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MODULE_LINES, FUNCTION_LINES, MEDIAN_LINES = 250, 25, 50
OTHER_FOLDERS = {"tests", "migrations", "node_modules", "var", "__pycache__"}  # not measured


def own_modules(root=ROOT):
    """{path from the root: source} of every Python file of ours outside tests and migrations, empty ones too."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        relative = path.relative_to(root)
        if not any(part.startswith(".") or part in OTHER_FOLDERS for part in relative.parts):
            found[str(relative)] = path.read_text()
    return found


def line_count(source):
    return len(source.splitlines())


def is_data(source):
    """Whether a module says that it holds nothing but data, and so may be as long as the data are."""
    return (ast.get_docstring(ast.parse(source)) or "").startswith("Data:")


def functions(source):
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def long_modules(modules):
    return [
        f"{path} has {line_count(source)} lines: split it where it holds two concepts."
        for path, source in modules.items()
        if line_count(source) > MODULE_LINES and not is_data(source)
    ]


def long_functions(modules):
    """A sentence for each function of more than `FUNCTION_LINES` lines, counted from `def` to its end."""
    lengths = {
        f"{path}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path, source in modules.items()
        for node in functions(source)
    }
    return [
        f"{place} has {lines} lines: give a step of it a function of its own."
        for place, lines in lengths.items()
        if lines > FUNCTION_LINES
    ]


def long_median(modules):
    """One sentence with the shortest modules above the limit, where the median module is too long."""
    lengths = {path: line_count(source) for path, source in modules.items()}
    median = statistics.median(lengths.values())
    if median <= MEDIAN_LINES:
        return []
    above = sorted((path for path in lengths if lengths[path] > MEDIAN_LINES), key=lengths.get)
    return [
        f"Half of the modules have more than {median:g} lines: split those of {MEDIAN_LINES + 1} lines and more "
        f"that hold two concepts, such as {', '.join(above[:3])}."
    ]


def untyped_functions(modules):
    return [
        f"{path}:{node.lineno} {node.name} lacks the type of {', '.join(missing)}: write it."
        for path, source in modules.items()
        for node in functions(source)
        if (missing := untyped_parts(node))
    ]


def untyped_parts(function):
    """What of a function has no type: names of parameters, and "its result"."""
    given = function.args
    parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    missing = [each.arg for each in parameters if each and not each.annotation]
    if missing[:1] in (["self"], ["cls"]):
        missing = missing[1:]
    return missing if function.returns else [*missing, "its result"]


RULES = [long_modules, long_functions, long_median, untyped_functions]


@pytest.mark.parametrize("rule", RULES)
def test_every_module_keeps_the_rule(rule):
    assert rule(own_modules()) == []


def test_modules_are_found_wherever_they_are(tmp_path):
    for name in ("manage.py", "films/__init__.py", "bench/load/site.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in (".venv/a.py", "tests/b.py", "films/migrations/0001.py", "films/__pycache__/c.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert set(own_modules(tmp_path)) == {"manage.py", "films/__init__.py", "bench/load/site.py"}


def test_a_long_module_is_found_unless_it_is_data():
    allowed, long = "x = 1\n" * 250, "x = 1\n" * 251

    assert long_modules({"a.py": allowed, "b.py": '"""Data: the films."""\n' + long}) == []
    assert long_modules({"c.py": long}) == ["c.py has 251 lines: split it where it holds two concepts."]


def test_a_long_function_is_found():
    allowed = "def f() -> None:\n" + "    x = 1\n" * 24
    long = "class A:\n    async def g(self) -> None:\n" + "        x = 1\n" * 25

    assert long_functions({"a.py": allowed}) == []
    assert long_functions({"b.py": long}) == [
        "b.py:2 g has 26 lines: give a step of it a function of its own."
    ]
    assert long_functions({"c.py": '"""Data: the films."""\n' + long}), "data exempt no function"


def test_a_median_above_the_limit_is_found():
    modules = {"empty.py": "", "fifty.py": "x = 1\n" * 50, "long.py": "x = 1\n" * 200}
    assert long_median(modules) == []

    [sentence] = long_median(modules | {"more.py": "x = 1\n" * 60, "fifty.py": "x = 1\n" * 51})
    assert "more than 55.5 lines" in sentence and "such as fifty.py, more.py, long.py" in sentence


@pytest.mark.parametrize(
    ("signature", "missing"),
    [
        ("def f(a: int, *rest: str, b: int = 1, **more: object) -> None", ""),
        ("def f(self, a: int) -> None", ""),
        ("def f(a, /, b: int) -> None", "a"),
        ("def f(a: int, *rest, b=1, **more) -> None", "b, rest, more"),
        ("async def f(a: int)", "its result"),
        ("def f(self, a)", "a, its result"),
    ],
)
def test_an_untyped_function_is_found(signature, missing):
    expected = [f"a.py:1 f lacks the type of {missing}: write it."] if missing else []

    assert untyped_functions({"a.py": f"{signature}: pass\n"}) == expected
