"""Who may do what at the desk: three groups, brought to this table at every set-up."""

from django.contrib.auth.models import Group, Permission

EVERYTHING = ("add", "change", "delete", "view")
WRITING = ("add", "change", "view")
PIECES = [
    *("review", "interview", "discreview", "album", "pressrelease", "picklist", "post", "episode", "quiz"),
]
PARTS = ["byline", "speaker", "turn", "picture", "pick", "ballot", "choice", "segment", "place"]
HOUSE = [
    *("correction", "pin", "standingpage", "presscontact", "mention", "kitphoto", "weeklypick"),
    *("series", "category", "link", "move", "channel", "airing", "topic", "letter"),
    *("fact", "question", "option", "puzzle", "clue", "ruling", "flag", "player", "heldword"),
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

# Group → (what it may do, to what); administrators also manage accounts.
CONTRIBUTOR = {**dict.fromkeys(PIECES, WRITING), **dict.fromkeys(PARTS, EVERYTHING)}
CONTRIBUTOR |= dict.fromkeys([*RECORDS, "question"], ("view",)) | {"photo": WRITING}
EDITOR = dict.fromkeys([*PIECES, *PARTS, *RECORDS, *HOUSE], EVERYTHING)
ADMINISTRATOR = EDITOR | dict.fromkeys(["user", "group"], EVERYTHING)
ROLES = {"contributor": CONTRIBUTOR, "editor": EDITOR, "administrator": ADMINISTRATOR}
MAY_PUBLISH = {"editor", "administrator"}


def apply_roles():
    """Make the three groups hold exactly the permissions of the table."""
    by_name = {each.codename: each for each in Permission.objects.all()}
    for role, table in ROLES.items():
        names = {f"{act}_{model}" for model, acts in table.items() for act in acts}
        if role in MAY_PUBLISH:
            names.add("publish_article")
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(by_name[name] for name in names if name in by_name)
