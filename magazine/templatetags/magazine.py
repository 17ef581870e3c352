"""Template tags: rich text, stars, dates and times, structured data, share cards."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from magazine import json_ld, rendering
from magazine.models import Article
from magazine.ratings import spoken_stars
from magazine.share_cards import ShareCard, share_card_for
from photos.models import Photo

register = template.Library()


@register.simple_tag
def prose(html: str, audience: str = "page", photos: Mapping[int, Photo] | None = None) -> str:
    """Rich text for an audience. Templates print rich text with this tag only."""
    return rendering.render(html, rendering.Audience(audience), photos=photos)


@register.filter
def without_spoilers(html: str) -> str:
    """Rich text as plain text with "[spoiler]" for each spoiler."""
    return rendering.render(html, rendering.Audience.SUMMARY)


@register.simple_tag
def stars(half_stars: int) -> SafeString:
    """A rating as stars, which a screen reader reads as "3 and a half stars out of 5"."""
    return format_html(
        '<span class="stars stars-{}" role="img" aria-label="{}"></span>',
        half_stars,
        spoken_stars(half_stars),
    )


@register.filter
def site_datetime(value: datetime) -> str:
    """A date and time in the site's time zone: "Fri 6 Nov 2026, 7:30 p.m. MST"."""
    return zoned_datetime(timezone.localtime(value))


@register.filter(expects_localtime=False)
def zoned_datetime(local: datetime) -> str:
    """A date and time in its own time zone: air times are in the time zone of the channel."""
    hour = local.strftime("%I:%M %p").lstrip("0").replace("AM", "a.m.").replace("PM", "p.m.")
    return f"{local:%a} {local.day} {local:%b %Y}, {hour} {local.tzname()}"


@register.filter
def date_line(value: date) -> str:
    """A date, or the date of a datetime in the site's time zone: "6 November 2026"."""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{day.day} {day:%B %Y}"


@register.simple_tag
def piece_structured_data(article: Article) -> str:
    """The structured data of a piece for search engines; "" for a piece that is not listed."""
    if not article.is_listed:
        return ""
    image = {"image": [json_ld.absolute_url(share_card_for(article).url)]}
    return rendering.json_ld_script(
        image | article.structured_data(), json_ld.breadcrumbs(*json_ld.breadcrumb_steps(article))
    )


@register.simple_tag
def structured_data(kind: str, subject: Any) -> SafeString:
    """The structured data of a film, a person, a photo …: `kind` names the function in `json_ld`."""
    return rendering.json_ld_script(getattr(json_ld, f"{kind}_data")(subject))


@register.simple_tag
def share_card(subject: Any) -> ShareCard:
    """The share card of a page's subject, such as a piece or a film."""
    return share_card_for(subject)
