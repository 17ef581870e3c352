"""Generates the official rules and their summary from the fields of a contest."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string

from contest.models import Contest, Rules
from contest.models.contest_constraints import LOWEST_MINIMUM_AGE
from contest.models.schedule import CONFIRMATION_PERIOD, MIN_FREEZE_LEAD, REVIEW_PERIOD
from magazine.templatetags.magazine import zoned_datetime

WHITESPACE = re.compile(r"[ \t]+")


def save_rules_version(contest: Contest) -> Rules:
    """Generate the rules and save them, unless the last version has the same text. Returns the version."""
    return Rules.objects.get_or_create_version(contest, *render_rules(contest))


def render_rules(contest: Contest) -> tuple[str, str]:
    """(official rules, summary): paragraphs with a blank line between; headings begin with a number."""
    context = rules_context(contest)
    rules = _normalize_whitespace(render_to_string("contest/rules.txt", context))
    return rules, _normalize_whitespace(render_to_string("contest/summary.txt", context))


def rules_context(contest: Contest) -> dict[str, Any]:
    """The context of the templates of rules and summary."""
    return _times(contest) | {
        "contest": contest,
        "prizes": list(contest.prizes.all()),
        "prize_count": len(contest.prizes_in_order),
        "countries": _regions_by_country(contest),
        "wordings": sorted({region.wording for region in contest.regions.all() if region.wording}),
        "sources": [str(source) for source in contest.sources.all()],
        "lowest_minimum_age": LOWEST_MINIMUM_AGE,
        "question_count": contest.question_set
        and (contest.questions_per_entry or contest.question_set.questions.count()),
        "contest_url": settings.SITE_URL + contest.get_absolute_url(),
    }


def _times(contest: Contest) -> dict[str, Any]:
    """The dates and periods in the context. The contest must have a source."""
    numbers_at = min(source.drawn_at for source in contest.sources.all())
    return {
        "opens": zoned_datetime(contest.opens_at_local),
        "closes": zoned_datetime(contest.closes_at_local),
        "opens_iso": f"{contest.opens_at:%Y-%m-%dT%H:%M:%SZ}",
        "closes_iso": f"{contest.closes_at:%Y-%m-%dT%H:%M:%SZ}",
        "numbers_at": zoned_datetime(numbers_at.astimezone(ZoneInfo(contest.zone))),
        "confirm_hours": CONFIRMATION_PERIOD // timedelta(hours=1),
        "review_hours": REVIEW_PERIOD // timedelta(hours=1),
        "freeze_hours": MIN_FREEZE_LEAD // timedelta(hours=1),
    }


def paragraphs(text: str) -> list[tuple[bool, str]]:
    """The paragraphs of a text, as (whether it is a heading, words)."""
    return [(bool(re.match(r"\d+\. ", part)) and "\n" not in part, part) for part in text.split("\n\n")]


def _regions_by_country(contest: Contest) -> list[tuple[str, str]]:
    """(country, names of its regions; "" for the whole country) in which people may take part."""
    names: dict[str, list[str]] = {}
    for region in contest.regions.all():
        names.setdefault(region.country, []).append(region.name)
    return [
        (country, "" if regions == [country] else ", ".join(regions)) for country, regions in names.items()
    ]


def _normalize_whitespace(text: str) -> str:
    """The text without the extra blanks and blank lines that template tags leave."""
    parts = [" ".join(WHITESPACE.sub(" ", part).split()) for part in re.split(r"\n\s*\n", text)]
    return "\n\n".join(part for part in parts if part) + "\n"
