"""The models of contests: terms, entries, draw, audit log and awards."""

from contest.models.amendments import Amendment
from contest.models.audit_log import AuditEvent
from contest.models.contests import Contest
from contest.models.disqualifications import Disqualification
from contest.models.draws import Outcome, Reading
from contest.models.entries import Entry
from contest.models.exclusions import Exclusion
from contest.models.filings import Filing
from contest.models.freezes import Freeze
from contest.models.prizes import Prize
from contest.models.regions import Region
from contest.models.rules import Rules
from contest.models.sources import Source
from contest.models.thresholds import Threshold
from contest.models.winners import Award

__all__ = [
    "Amendment",
    "AuditEvent",
    "Award",
    "Contest",
    "Disqualification",
    "Entry",
    "Exclusion",
    "Filing",
    "Freeze",
    "Outcome",
    "Prize",
    "Reading",
    "Region",
    "Rules",
    "Source",
    "Threshold",
]
