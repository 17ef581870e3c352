"""The official rules in words, made from the fields of a contest, and the same in plain language."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string

from contest.models import Rules
from contest.models.contests import CONFIRM_WITHIN, FREEZE_BEFORE, REVIEW, YOUNGEST
from magazine.templatetags.magazine import zoned_datetime

BLANKS = re.compile(r"[ \t]+")


def keep_rules(contest):
    """The rules of the contest as they read now: the last version, or a new one if they read otherwise."""
    return Rules.objects.keep(contest, *words_of(contest))


def words_of(contest):
    """(official rules, summary) as texts: paragraphs with a blank line between; headings have a number."""
    terms = terms_of(contest)
    return tuple(_tidy(render_to_string(f"contest/{name}.txt", terms)) for name in ("rules", "summary"))


def terms_of(contest):
    """Everything that the rules print."""
    numbers_at = min(source.at for source in contest.sources.all())
    return {
        "contest": contest,
        "prizes": list(contest.prizes.all()),
        "many": len(contest.places),
        "countries": _by_country(contest),
        "wordings": sorted({region.wording for region in contest.regions.all() if region.wording}),
        "sources": [str(source) for source in contest.sources.all()],
        "opens": zoned_datetime(contest.opens),
        "closes": zoned_datetime(contest.closes),
        "opens_iso": f"{contest.opens_at:%Y-%m-%dT%H:%M:%SZ}",
        "closes_iso": f"{contest.closes_at:%Y-%m-%dT%H:%M:%SZ}",
        "numbers_at": zoned_datetime(numbers_at.astimezone(ZoneInfo(contest.zone))),
        "confirm_hours": CONFIRM_WITHIN // timedelta(hours=1),
        "review_hours": REVIEW // timedelta(hours=1),
        "freeze_hours": FREEZE_BEFORE // timedelta(hours=1),
        "youngest": YOUNGEST,
        "asked": contest.question_set and (contest.asks or contest.question_set.questions.count()),
        "address": settings.SITE_URL + contest.get_absolute_url(),
    }


def paragraphs(text):
    """The text as (is a heading, words) for a page."""
    return [(bool(re.match(r"\d+\. ", part)) and "\n" not in part, part) for part in text.split("\n\n")]


def _by_country(contest):
    """[(country, "its regions, or all of it")] in which people may take part."""
    names = {}
    for region in contest.regions.all():
        names.setdefault(region.country, []).append(region.name)
    return [(country, "" if found == [country] else ", ".join(found)) for country, found in names.items()]


def _tidy(text):
    """Blanks and line ends as they should be, whatever the template's tags left."""
    parts = [" ".join(BLANKS.sub(" ", part).split()) for part in re.split(r"\n\s*\n", text)]
    return "\n\n".join(part for part in parts if part) + "\n"
