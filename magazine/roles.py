"""Roles of staff in the admin: one group per role, with the permissions that the sections declare."""

from django.contrib.auth.models import AbstractUser, AnonymousUser, Group, Permission
from django.db.models import Model

from magazine.sections import ADMINISTRATOR, CONTEST_MANAGER, CONTRIBUTOR, EDITOR, piece_sections, sections

# Role → the roles whose permissions it includes.
ROLES = {
    CONTRIBUTOR: [CONTRIBUTOR],
    EDITOR: [EDITOR],
    CONTEST_MANAGER: [CONTEST_MANAGER],
    ADMINISTRATOR: [ADMINISTRATOR, EDITOR],
}


def role_codenames(role: str) -> set[str]:
    """The codenames of the permissions of a role."""
    codenames: set[str] = set()
    for section in sections():
        for each in ROLES[role]:
            codenames.update(section.extra_permissions.get(each, ()))
            for model, actions in section.permissions.get(each, {}).items():
                codenames.update(f"{action}_{model}" for action in actions)
    return codenames


def apply_roles() -> None:
    """Give the groups exactly the permissions that the sections declare."""
    by_codename = {permission.codename: permission for permission in Permission.objects.all()}
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(by_codename[name] for name in role_codenames(role) if name in by_codename)


def viewable_sections(user: AbstractUser | AnonymousUser) -> list[str]:
    """The app labels of the sections whose pieces `user` may see at the desk, drafts included."""
    return [
        section.app_label
        for section in piece_sections()
        if section.piece_model and user.has_perm(_view_permission(section.piece_model))
    ]


def _view_permission(model: type[Model]) -> str:
    return f"{model._meta.app_label}.view_{model._meta.model_name}"


def staff_name(user: AbstractUser) -> str:
    """The name of a member of staff in records."""
    return user.get_full_name() or user.get_username()
