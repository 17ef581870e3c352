"""The declaration of the blog."""

from blog.models import Post
from magazine.page_blocks import FRONT, Block
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, Section, register


@register
class Blog(Section):
    nav_label, nav_position = "Blog", 110
    piece_model = Post
    heading, heading_position = "Blog", 90
    permissions = {CONTRIBUTOR: {"post": WRITING}, EDITOR: {"post": EVERYTHING, "series": EVERYTHING}}
    sitemap_views = ["blog:overheard"]
    front_newest = 3
    blocks = {FRONT: [Block("blog/partials/front.html", "last third", 20)]}
