"""The declaration of the section of disc reviews."""

from dvdelighted.models import DiscReview
from magazine.sections import CONTRIBUTOR, EDITOR, EVERYTHING, WRITING, CalendarLink, Section, register


@register
class DVDelighted(Section):
    nav_label, nav_position = "DVDelighted", 40
    piece_model = DiscReview
    heading, heading_position = "Discs", 20
    permissions = {CONTRIBUTOR: {"discreview": WRITING}, EDITOR: {"discreview": EVERYTHING}}
    calendars = [CalendarLink("Street dates of discs", "dvdelighted:calendar_ics", 30)]
    sitemap_views = ["dvdelighted:calendar"]
    front_newest, may_lead, has_front_place = 4, True, True
