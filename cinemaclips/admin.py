"""
Users and groups at the desk: nobody grants what he does not have.

Whoever may edit users gives only groups and permissions that are all among his own, and edits only users
who have nothing that he lacks: with the password of a stronger user he would have that user's rights.
Superusers are edited by superusers alone.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import AbstractUser, AnonymousUser, Group, Permission, User
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import HttpRequest

from cinemaclips.models import ErrorGroup

SUPERUSER_FIELDS = ("is_superuser",)


def own_permissions(user: AbstractUser | AnonymousUser) -> QuerySet[Permission]:
    """The permissions that `user` has, himself or by a group; all for a superuser."""
    if not user.is_active:
        return Permission.objects.none()
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user__pk=user.pk) | Q(group__user__pk=user.pk))


def grantable_permissions(user: AbstractUser | AnonymousUser) -> QuerySet[Permission]:
    """The permissions that `user` may give to others: his own."""
    return Permission.objects.filter(pk__in=own_permissions(user).values("pk"))


def grantable_groups(user: AbstractUser | AnonymousUser) -> QuerySet[Group]:
    """The groups into which `user` may put others: those without a permission that he lacks."""
    lacked = Permission.objects.exclude(pk__in=own_permissions(user).values("pk"))
    return Group.objects.exclude(permissions__in=lacked)


def may_edit(editor: AbstractUser | AnonymousUser, user: AbstractUser) -> bool:
    """Whether `user` has nothing that `editor` lacks."""
    if editor.is_superuser:
        return True
    return not user.is_superuser and user.get_all_permissions() <= editor.get_all_permissions()


admin.site.unregister([User, Group])


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Users, of whom each editor of users edits those who have no more rights than he."""

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_edit(request.user, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return () if request.user.is_superuser else SUPERUSER_FIELDS

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: Any = None, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.name == "groups":
            kwargs["queryset"] = grantable_groups(request.user)
        if db_field.name == "user_permissions":
            kwargs["queryset"] = grantable_permissions(request.user).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Groups, of which each editor of groups edits those that give nothing that he lacks."""

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or grantable_groups(request.user).filter(pk=obj.pk).exists())

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or grantable_groups(request.user).filter(pk=obj.pk).exists())

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: Any = None, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.name == "permissions":
            kwargs["queryset"] = grantable_permissions(request.user).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(ErrorGroup)
class ErrorGroupAdmin(admin.ModelAdmin):
    """Kinds of errors, to look at, and to delete once they are mended."""

    list_display = ["title", "count", "first_seen_at", "last_seen_at"]
    search_fields = ["title"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ErrorGroup | None = None) -> bool:
        return False
