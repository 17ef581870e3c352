"""Roles of staff in the admin: one group per role, with the permissions that the sections declare."""

from django.contrib.auth.models import AbstractUser, Group, Permission

from magazine.sections import ADMINISTRATOR, CONTEST_MANAGER, CONTRIBUTOR, EDITOR, sections

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


def staff_name(user: AbstractUser) -> str:
    """The name of a member of staff in records."""
    return user.get_full_name() or user.get_username()
