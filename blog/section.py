"""The declaration of the blog."""

from blog.models import Post
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, Section, register


@register
class Blog(Section):
    nav_label, nav_position = "Blog", 110
    piece_model = Post
    heading, heading_position = "Blog", 90
    permissions = {CONTRIBUTOR: {"post": WRITING}, EDITOR: {"post": EVERYTHING, "series": EVERYTHING}}
    sitemap_views = ["blog:overheard"]
    front_newest, has_front_place = 3, True
