"""Template tags of contests."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from magazine.templatetags.magazine import zoned_datetime

register = template.Library()


@register.simple_tag
def contest_time(local: datetime) -> SafeString:
    """A <time> in the contest's own zone; a script adds the time in the reader's zone."""
    return format_html(
        '<time datetime="{}" data-own-time>{}</time>', local.isoformat(), zoned_datetime(local)
    )
