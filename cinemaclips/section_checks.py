"""System checks of the declarations of sections, one sentence for each part that is missing."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from magazine.models import Article
from magazine.page_blocks import AREAS, Block
from magazine.roles import ROLES
from magazine.sections import EDITOR, Section, find_section, sections


@register
def check_sections(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[Error]:
    """One error for each part that is missing from a `section.py`."""
    undeclared = [label for label in Article.child_accessors() if not find_section(label)]
    problems = [
        (label, "E050", "publishes pieces and has no section.py that declares it.") for label in undeclared
    ]
    for section in sections():
        problems += [(section.app_label, *problem) for problem in missing_parts(section)]
    return [
        Error(
            f"The section {label!r} {sentence}",
            hint="See magazine.sections.Section.",
            id=f"cinemaclips.{number}",
        )
        for label, number, sentence in problems
    ]


def missing_parts(section: Section) -> Iterator[tuple[str, str]]:
    """(ID of the check, end of the sentence) for each part that is missing from the declaration."""
    if section.nav_label and not _has_first_page(section):
        yield "E051", f"has a nav label and no URL named {section.first_page!r}."
    if section.piece_model:
        yield from _missing_for_pieces(section, str(section.piece_model._meta.model_name))
    yield from _unknown_permissions(section)
    for page, blocks in section.blocks.items():
        for block in blocks:
            yield from _misplaced_block(page, block)


def _missing_for_pieces(section: Section, model_name: str) -> Iterator[tuple[str, str]]:
    if not section.nav_label:
        yield "E052", "publishes pieces and has no nav_label."
    if not section.heading:
        yield "E053", "publishes pieces and has no heading for them."
    if model_name not in section.permissions.get(EDITOR, {}):
        yield "E054", f"gives the role {EDITOR!r} no permission for its pieces ({model_name!r})."
    if not _template_exists(f"{section.app_label}/feed_item.html"):
        yield "E055", f"publishes pieces and has no template {section.app_label}/feed_item.html."


def _unknown_permissions(section: Section) -> Iterator[tuple[str, str]]:
    known = {str(model._meta.model_name) for model in apps.get_models()}
    for role, table in section.permissions.items():
        if role not in ROLES:
            yield "E056", f"gives permissions to a role {role!r}, which does not exist."
        for model_name in sorted(set(table) - known):
            yield "E057", f"gives permissions for a model {model_name!r}, which does not exist."


def _misplaced_block(page: str, block: Block) -> Iterator[tuple[str, str]]:
    if block.area not in AREAS.get(page, ()):
        yield "E058", f"puts a block into {block.area!r} of the page {page!r}, which has no such area."
    if not _template_exists(block.template):
        yield "E059", f"has a block without its template {block.template}."


def _template_exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def _has_first_page(section: Section) -> bool:
    try:
        reverse(section.first_page)
    except NoReverseMatch:
        return False
    return True
