"""The declaration of the section for the press."""

from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, Section, register
from press.models import PressRelease

EDITED = "pressrelease presscontact mention kitphoto".split()


@register
class Press(Section):
    nav_label, nav_position = "Press", 80
    piece_model = PressRelease
    heading, heading_position = "Press", 100
    permissions = {CONTRIBUTOR: {"pressrelease": WRITING}, EDITOR: dict.fromkeys(EDITED, EVERYTHING)}
    sitemap_views = ["press:mentions"]
    front_newest = 0
