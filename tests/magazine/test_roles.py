from django.contrib.auth.models import Group

from magazine.roles import ROLES, apply_roles
from tests.factories import make_staff


def test_applying_roles_restores_their_permissions(db):
    apply_roles()
    Group.objects.get(name="contributor").permissions.clear()
    apply_roles()

    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert make_staff("contributor").has_perm("reviews.add_review")


def test_contributors_may_not_publish(db):
    allowed = {role: make_staff(role).has_perm("magazine.publish_article") for role in ROLES}

    assert allowed == {"contributor": False, "editor": True, "contest manager": True, "administrator": True}


def test_only_administrators_manage_accounts(db):
    allowed = {role: make_staff(role).has_perm("auth.change_user") for role in ROLES}

    assert allowed == {"contributor": False, "editor": False, "contest manager": False, "administrator": True}


def test_only_contest_managers_see_who_has_entered(db):
    for permission in ("contest.see_entrants", "contest.draw_contest", "contest.change_contest"):
        allowed = {role for role in ROLES if make_staff(role).has_perm(permission)}
        assert allowed == {"contest manager"}
