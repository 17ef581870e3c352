"""The regions and thresholds of a new magazine. Staff check them against the current law."""

from pathlib import Path
from typing import Any

from contest.models import Region, Threshold

HERE = Path(__file__).parent
THRESHOLDS: dict[str, dict[str, Any]] = {
    "Florida 849.094": {
        "above": 5_000,
        "needs_filing": True,
        "file_days_before": 7,
        "list_within_days": 60,
        "note": "Register and bond before the contest opens; winners above $25 are filed.",
        "regions": ["US-FL"],
    },
    "New York GBL 369-e": {
        "above": 5_000,
        "needs_filing": True,
        "file_days_before": 30,
        "list_within_days": 90,
        "note": "Register and bond before the contest opens; records are kept for six months.",
        "regions": ["US-NY"],
    },
    "Rhode Island, retail": {
        "above": 500,
        "needs_filing": True,
        "only_at_retail": True,
        "note": "Only for contests in shops. Sources disagree whether it still holds: ask.",
        "regions": ["US-RI"],
    },
    "Two people for the numbers": {
        "above": 500,
        "measure": Threshold.Measure.READERS,
        "note": "A rule of our own: above this value nobody makes a draw alone.",
        "regions": [],
    },
    "US form 1099-MISC": {
        "above": 2_000,
        "measure": Threshold.Measure.PERSON,
        "note": "Prizes awarded after 2025. We never keep tax numbers: ask for the form outside of the site.",
        "regions": [],
    },
}


def create_regions_and_thresholds() -> None:
    """Create the regions and thresholds, if there is no region yet."""
    if Region.objects.exists():
        return
    Region.objects.bulk_create(_region(line) for line in (HERE / "regions.txt").read_text().splitlines())
    for name, fields in THRESHOLDS.items():
        codes = fields["regions"]
        threshold = Threshold.objects.create(
            name=name, **{field: value for field, value in fields.items() if field != "regions"}
        )
        threshold.regions.set(Region.objects.filter(code__in=codes))


def _region(line: str) -> Region:
    code, name, country, *wording = line.split(" | ")
    skill_test = country == "Canada"
    return Region(code=code, name=name, country=country, skill_test=skill_test, wording="".join(wording))
