"""Who may do what at the desk: four groups, brought to this table at every set-up."""

from django.contrib.auth.models import Group, Permission

EVERYTHING = ("add", "change", "delete", "view")
WRITING = ("add", "change", "view")
PIECES = [
    *("review", "interview", "discreview", "album", "pressrelease", "picklist", "post", "episode", "quiz"),
]
PARTS = ["byline", "speaker", "turn", "picture", "pick", "ballot", "choice", "segment", "quizquestion"]
SITE_MODELS = [
    *("correction", "pin", "staticpage", "presscontact", "mention", "kitphoto", "weeklypick"),
    *("series", "category", "link", "redirect", "channel", "airing", "topic", "letter"),
    *("fact", "question", "option", "puzzle", "clue", "ruling", "flag", "player", "heldword"),
    *("reelrequest", "guess", "round", "candidate", "step", "trustedaddress"),
]
RECORDS = [
    "film",
    "person",
    "credit",
    "genre",
    "filmalias",
    "release",
    "photo",
    "contributor",
    "tag",
]

CONTESTS = ["contest", "prize", "source", "filing", "amendment", "region", "threshold", "exclusion", "entry"]

# Group → (what it may do, to what); administrators also manage accounts.
CONTRIBUTOR = {**dict.fromkeys(PIECES, WRITING), **dict.fromkeys(PARTS, EVERYTHING)}
CONTRIBUTOR |= dict.fromkeys([*RECORDS, "question", "reelrequest"], ("view",)) | {"photo": WRITING}
EDITOR = dict.fromkeys([*PIECES, *PARTS, *RECORDS, *SITE_MODELS], EVERYTHING) | {"contest": ("view",)}
# Who has entered and won is for contest managers alone; the others do not see a name.
MANAGER = dict.fromkeys([*CONTESTS, "correction"], EVERYTHING) | dict.fromkeys(RECORDS, ("view",))
MANAGER |= {"mail": ("view",), "consent": ("view",), "quiz": ("view",), "release": WRITING, "photo": WRITING}
ADMINISTRATOR = EDITOR | dict.fromkeys(["user", "group"], EVERYTHING)
ROLES = {
    "contributor": CONTRIBUTOR,
    "editor": EDITOR,
    "contest manager": MANAGER,
    "administrator": ADMINISTRATOR,
}
MAY_PUBLISH = ["publish_article"]
MAY_DRAW = ["draw_contest", "see_entrants"]
EXTRA_PERMISSIONS = {
    "editor": MAY_PUBLISH,
    "administrator": MAY_PUBLISH,
    "contest manager": [*MAY_PUBLISH, *MAY_DRAW],
}


def apply_roles():
    """Make the groups hold exactly the permissions of the table."""
    by_codename = {permission.codename: permission for permission in Permission.objects.all()}
    for role, table in ROLES.items():
        codenames = {f"{action}_{model}" for model, actions in table.items() for action in actions}
        codenames.update(EXTRA_PERMISSIONS.get(role, []))
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(by_codename[name] for name in codenames if name in by_codename)


def staff_name(user):
    """How a record names somebody of the staff."""
    return user.get_full_name() or user.get_username()
