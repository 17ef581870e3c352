"""Words of the templates: written text for its audience, stars, moments with their zone."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from magazine import json_ld, rendering
from magazine.ratings import spoken_stars
from magazine.share_cards import share_card_for

register = template.Library()


@register.simple_tag
def prose(html, audience="page", photos=None):
    """Written text as this audience may see it; the only way text reaches a page."""
    return rendering.render(html, rendering.Audience(audience), photos=photos)


@register.filter
def without_spoilers(html):
    """Written text as plain words, spoilers hidden."""
    return rendering.render(html, rendering.Audience.SUMMARY)


@register.simple_tag
def stars(half_stars):
    """A rating for eyes and ears: "3 and a half stars out of 5"."""
    return format_html(
        '<span class="stars stars-{}" role="img" aria-label="{}"></span>',
        half_stars,
        spoken_stars(half_stars),
    )


@register.filter
def site_datetime(value):
    """A moment in the site's zone, with the zone's name: "Fri 6 Nov 2026, 7:30 p.m. MST"."""
    return zoned_datetime(timezone.localtime(value))


@register.filter(expects_localtime=False)
def zoned_datetime(local):
    """A moment as it stands, in the zone it brings: for air times, which follow the channel's clock."""
    hour = local.strftime("%I:%M %p").lstrip("0").replace("AM", "a.m.").replace("PM", "p.m.")
    return f"{local:%a} {local.day} {local:%b %Y}, {hour} {local.tzname()}"


@register.filter
def date_line(value):
    """A date, or a moment's date in the site's zone: "6 November 2026"."""
    day = timezone.localtime(value) if hasattr(value, "hour") else value
    return f"{day.day} {day:%B %Y}"


@register.simple_tag
def piece_structured_data(article):
    """What a piece's page says to search engines; nothing while it is not for them."""
    if not article.is_listed:
        return ""
    image = {"image": [json_ld.absolute_url(share_card_for(article).url)]}
    return rendering.json_ld_script(
        image | article.structured_data(), json_ld.breadcrumbs(*json_ld.breadcrumb_steps(article))
    )


@register.simple_tag
def structured_data(kind, subject):
    """The same for a film, a person, a contributor, a picture: `kind` names the function in `json_ld`."""
    return rendering.json_ld_script(getattr(json_ld, f"{kind}_data")(subject))


@register.simple_tag
def share_card(subject):
    """The share card of a page."""
    return share_card_for(subject)
