"""The models of contests: terms, entries, draw, audit log and awards."""

from contest.models.audit_log import AuditEvent
from contest.models.contests import Contest
from contest.models.draws import Disqualification, Freeze, Outcome, Reading
from contest.models.entries import Entry, Exclusion
from contest.models.law import Region, Threshold
from contest.models.rules import Amendment, Rules
from contest.models.terms import Filing, Prize, Source
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
