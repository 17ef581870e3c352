"""Users and groups at the desk: nobody grants what he does not have, by whatever form or action."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from cinemaclips.admin import grantable_groups, grantable_permissions, may_edit
from tests.factories import make_photo, make_post, make_quiz, make_review, make_staff, yesterday

USERS, GROUPS = "/desk/auth/user/", "/desk/auth/group/"
STRANGE = "see_entrants"


@pytest.fixture
def administrator(client, db):
    user = make_staff("administrator")
    client.force_login(user)
    return user


def form_of(user, **changes):
    """The fields of a user's form, as the browser sends them."""
    joined = user.date_joined
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": f"{joined:%Y-%m-%d}",
        "date_joined_1": f"{joined:%H:%M:%S}",
        "groups": [group.pk for group in user.groups.all()],
    } | changes


def test_an_administrator_does_not_make_himself_a_superuser(client, administrator):
    page = client.get(f"{USERS}{administrator.pk}/change/").content.decode()
    client.post(f"{USERS}{administrator.pk}/change/", form_of(administrator, is_superuser="on"))

    administrator.refresh_from_db()
    assert not administrator.is_superuser and 'name="is_superuser"' not in page


def test_an_administrator_gives_no_permission_that_he_lacks(client, administrator):
    stranger = Permission.objects.get(codename=STRANGE)
    for change in (
        {"user_permissions": [stranger.pk]},
        {"groups": [Group.objects.get(name="contest manager").pk]},
    ):
        response = client.post(f"{USERS}{administrator.pk}/change/", form_of(administrator, **change))
        assert "is not one of the available choices" in response.content.decode()

    assert not User.objects.get(pk=administrator.pk).has_perm("contest.see_entrants")


def test_an_administrator_gives_what_he_has(client, administrator):
    editor = make_staff("contributor")
    client.post(
        f"{USERS}{editor.pk}/change/", form_of(editor, groups=[Group.objects.get(name="editor").pk])
    )  # fmt: skip
    assert [group.name for group in editor.groups.all()] == ["editor"]


@pytest.mark.parametrize("stronger", ["superuser", "contest manager"])
def test_a_stronger_user_is_seen_and_not_touched(client, administrator, stronger):
    user = (
        User.objects.create_superuser("root", password="a long password")  # noqa: S106
        if stronger == "superuser"
        else make_staff(stronger)
    )
    new = {"password1": "another long password", "password2": "another long password"}
    assert client.get(f"{USERS}{user.pk}/change/").status_code == 200
    assert client.post(f"{USERS}{user.pk}/change/", form_of(user, email="me@example.com")).status_code == 403
    assert client.post(f"{USERS}{user.pk}/password/", new).status_code == 403
    assert client.post(f"{USERS}{user.pk}/delete/", {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    client.post(USERS, action)

    kept = User.objects.get(pk=user.pk)
    assert kept.email == "" and kept.check_password("a long password")


def test_a_weaker_user_is_edited_and_deleted(client, administrator):
    user = make_staff("contributor")
    assert client.post(f"{USERS}{user.pk}/change/", form_of(user, email="me@example.com")).status_code == 302
    assert User.objects.get(pk=user.pk).email == "me@example.com"
    client.post(USERS, {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"})
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_group_gets_and_keeps_only_what_its_editor_has(client, administrator):
    manager, editors = Group.objects.get(name="contest manager"), Group.objects.get(name="editor")
    stranger = Permission.objects.get(codename=STRANGE)
    assert client.post(f"{GROUPS}{manager.pk}/change/", {"name": "mine"}).status_code == 403
    assert client.post(f"{GROUPS}{manager.pk}/delete/", {"post": "yes"}).status_code == 403
    response = client.post(f"{GROUPS}{editors.pk}/change/", {"name": "editor", "permissions": [stranger.pk]})

    assert "is not one of the available choices" in response.content.decode()
    assert not editors.permissions.filter(pk=stranger.pk).exists()
    assert client.get(f"{GROUPS}{editors.pk}/delete/").status_code == 200


def test_a_superuser_may_do_it_all(client, db):
    root = User.objects.create_superuser("root", password="a long password")  # noqa: S106
    client.force_login(root)
    user = make_staff("contest manager")
    client.post(f"{USERS}{user.pk}/change/", form_of(user, is_superuser="on"))

    assert User.objects.get(pk=user.pk).is_superuser
    assert grantable_groups(root).count() == 4 and may_edit(root, user)


def test_somebody_who_has_left_grants_nothing(db):
    user = make_staff("administrator", is_active=False)
    assert not grantable_permissions(user).exists()


@pytest.fixture
def newcomer(client, db):
    """A user who may enter the desk, without a group."""
    user = User.objects.create_user("newcomer", password="a long password", is_staff=True)  # noqa: S106
    client.force_login(user)
    return user


def test_staff_without_a_right_see_no_draft(client, newcomer):
    draft = make_review(title="Not yet", published_at=None)
    photo = make_photo(usable_until=yesterday())
    quiz = make_quiz(published_at=None)
    term = {"term": "Not", "app_label": "magazine", "model_name": "articlelink", "field_name": "target"}
    for path in (draft.get_absolute_url(), quiz.get_absolute_url(), photo.url("square", 320, "webp")):
        assert client.get(path).status_code == 404, path
    assert client.get("/desk/autocomplete/", term).status_code in (403, 404)
    for path in ("/desk/magazine/article/", f"/desk/magazine/article/{draft.pk}/change/"):
        assert client.get(path).status_code == 403, path


def test_staff_see_the_drafts_of_their_sections_alone(client, newcomer):
    """The control of the test before, and that a right on one section is none on another."""
    draft, note = make_review(title="Not yet", published_at=None), make_post(title="Note", published_at=None)
    newcomer.user_permissions.add(Permission.objects.get(codename="view_review"))

    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(note.get_absolute_url()).status_code == 404
    listed = client.get("/desk/magazine/article/").content.decode()
    assert "Not yet" in listed and "Note" not in listed
