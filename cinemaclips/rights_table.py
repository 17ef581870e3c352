"""
Who may do what at the desk, as one table: role × model × act × state.

It follows from the permissions that sections declare, and from the admin classes: what a screen offers to
nobody, and `rights_by_state`, which says what is left to those who may not publish. `manage.py draw_rights`
writes it to docs/rights.md, and tests/cinemaclips/test_rights_table.py tries every cell.
"""

from collections.abc import Collection, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.contrib import admin
from django.db.models import Model

from magazine.roles import ROLES, role_codenames

ACTS = ("view", "add", "change", "delete")
REQUEST_OF_ANYBODY: Any = SimpleNamespace(
    user=SimpleNamespace(
        has_perm=lambda *args: True, has_module_perms=lambda *args: True, is_superuser=True, pk=None
    )
)
EXPLANATION = """\
# Who may do what at the desk

Written by `manage.py draw_rights` from the permissions that the sections declare (`section.py`) and from the
admin classes. tests/cinemaclips/test_rights_table.py tries every cell at the desk.

v = view, a = add, c = change, d = delete, – = nothing. Staff without a role may do nothing, a superuser all
that any role may. Nobody grants a right that he does not have (`cinemaclips/admin.py`). An administrator may
do what an editor may. To add a piece or a ballot is to add one's own. Players are changed by the actions of
their list.

"""


class Row(NamedTuple):
    """What each role may do with rows of a model that are in this state."""

    model: type[Model]
    state: str
    rights: dict[str, set[str]]


def rights_table() -> list[Row]:
    """All rows, by model as the desk lists them. No query."""
    return [
        Row(model, state, {role: _rights(model, role, kept) for role in ROLES})
        for model in sorted(_listed_models(), key=lambda each: each._meta.label)
        for state, kept in states_of(model).items()
    ]


def states_of(model: type[Model]) -> Mapping[str, Collection[str]]:
    """The states that matter for this model, with the acts that those who may not publish keep there."""
    return getattr(admin.site._registry[model], "rights_by_state", {"": ACTS})


def _rights(model: type[Model], role: str, kept: Collection[str]) -> set[str]:
    codenames = role_codenames(role)
    offered = {act for act in ACTS if _is_offered(model, act)}
    held = {act for act in ACTS if f"{act}_{model._meta.model_name}" in codenames}
    # Django shows to those who may change; an act that the screen keeps back leaves the right to look.
    acts = (held & offered) | ({"view"} if held else set())
    return acts if "publish_article" in codenames else acts & set(kept)


def _is_offered(model: type[Model], act: str) -> bool:
    """Whether the screen of the desk offers this act to anybody."""
    return getattr(admin.site._registry[model], f"has_{act}_permission")(REQUEST_OF_ANYBODY)


def _listed_models() -> list[type[Model]]:
    """The models with a list at the desk."""
    registered = admin.site._registry.items()
    return [model for model, screen in registered if screen.has_module_permission(REQUEST_OF_ANYBODY)]


def rights_document() -> str:
    """docs/rights.md."""
    return EXPLANATION + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| model | state | " + " | ".join(ROLES) + " |"
    yield "|---|---|" + "---|" * len(ROLES)
    for row in rights_table():
        cells = ["".join(act[0] for act in ACTS if act in row.rights[role]) or "–" for role in ROLES]
        yield f"| {row.model._meta.label} | {row.state} | " + " | ".join(cells) + " |"
