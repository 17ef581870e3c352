"""The official rules in words, made from the fields of a contest, and the same in plain language."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string

from contest.models import Rules
from contest.models.contests import CONFIRMATION_PERIOD, LOWEST_MINIMUM_AGE, MIN_FREEZE_LEAD, REVIEW_PERIOD
from magazine.templatetags.magazine import zoned_datetime

if TYPE_CHECKING:
    from contest.models import Contest, Prize

WHITESPACE = re.compile(r"[ \t]+")


def save_rules_version(contest: "Contest") -> Rules:
    """The rules of the contest as they read now: the last version, or a new one if they read otherwise."""
    return Rules.objects.get_or_create_version(contest, *render_rules(contest))


def render_rules(contest: "Contest") -> tuple[str, str]:
    """(official rules, summary) as texts: paragraphs with a blank line between; headings have a number."""
    context = rules_context(contest)
    return tuple(
        _normalize_whitespace(render_to_string(f"contest/{name}.txt", context))
        for name in ("rules", "summary")
    )


def rules_context(contest: "Contest") -> "dict[str, int | list[Prize] | Contest]":
    """Everything that the rules print."""
    numbers_at = min(source.drawn_at for source in contest.sources.all())
    return {
        "contest": contest,
        "prizes": list(contest.prizes.all()),
        "prize_count": len(contest.prizes_in_order),
        "countries": _regions_by_country(contest),
        "wordings": sorted({region.wording for region in contest.regions.all() if region.wording}),
        "sources": [str(source) for source in contest.sources.all()],
        "opens": zoned_datetime(contest.opens_at_local),
        "closes": zoned_datetime(contest.closes_at_local),
        "opens_iso": f"{contest.opens_at:%Y-%m-%dT%H:%M:%SZ}",
        "closes_iso": f"{contest.closes_at:%Y-%m-%dT%H:%M:%SZ}",
        "numbers_at": zoned_datetime(numbers_at.astimezone(ZoneInfo(contest.zone))),
        "confirm_hours": CONFIRMATION_PERIOD // timedelta(hours=1),
        "review_hours": REVIEW_PERIOD // timedelta(hours=1),
        "freeze_hours": MIN_FREEZE_LEAD // timedelta(hours=1),
        "lowest_minimum_age": LOWEST_MINIMUM_AGE,
        "question_count": contest.question_set
        and (contest.questions_per_entry or contest.question_set.questions.count()),
        "contest_url": settings.SITE_URL + contest.get_absolute_url(),
    }


def paragraphs(text: str) -> list[tuple[bool, str]]:
    """The text as (is a heading, words) for a page."""
    return [(bool(re.match(r"\d+\. ", part)) and "\n" not in part, part) for part in text.split("\n\n")]


def _regions_by_country(contest: "Contest") -> list[tuple[str, str]]:
    """[(country, "its regions, or all of it")] in which people may take part."""
    names = {}
    for region in contest.regions.all():
        names.setdefault(region.country, []).append(region.name)
    return [
        (country, "" if regions == [country] else ", ".join(regions)) for country, regions in names.items()
    ]


def _normalize_whitespace(text: str) -> str:
    """Blanks and line ends as they should be, whatever the template's tags left."""
    parts = [" ".join(WHITESPACE.sub(" ", part).split()) for part in re.split(r"\n\s*\n", text)]
    return "\n\n".join(part for part in parts if part) + "\n"
