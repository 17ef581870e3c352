"""
What staff may do with a piece, beyond the permissions of their role.

Whoever may publish may change every piece. Everybody else writes drafts, and only those that bear his name.
`docs/rights.md` has the whole table.
"""

from django.contrib.auth.models import AbstractUser, AnonymousUser

from magazine.models import Article, Byline, Contributor

type User = AbstractUser | AnonymousUser
PUBLISH = "magazine.publish_article"


def may_publish(user: User) -> bool:
    """Whether `user` may publish pieces, and so change what readers see."""
    return user.has_perm(PUBLISH)


def contributor_of(user: User) -> Contributor | None:
    """The contributor whose log-in `user` is; one query."""
    return Contributor.objects.of_user(user).first()


def may_change_piece(user: User, piece: Article) -> bool:
    """Whether `user` may change this piece: he may publish, or it is a draft with his byline."""
    if may_publish(user):
        return True
    return piece.published_at is None and piece.bylines.filter(contributor__user=user.pk).exists()


def may_write_pieces(user: User) -> bool:
    """Whether `user` may add pieces: he may publish, or his log-in is that of a contributor."""
    return may_publish(user) or contributor_of(user) is not None


def add_own_byline(user: User, piece: Article) -> None:
    """Give a new piece the byline of `user`, who could not change it again without, unless he may publish."""
    contributor = None if may_publish(user) else contributor_of(user)
    if contributor and not piece.bylines.filter(contributor=contributor).exists():
        Byline.objects.create(article=piece, contributor=contributor)
