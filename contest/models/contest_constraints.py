"""Data: the check constraints of a contest, with the error message for the editor."""

from django.db import models
from django.db.models import F, Q

LOWEST_MINIMUM_AGE = 13

CONTEST_CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(closes_at__gt=F("opens_at")), name="contest_closes_after_it_opens",
        violation_error_message="It closes before it opens.",
    ),
    models.CheckConstraint(
        condition=Q(minimum_age__gte=LOWEST_MINIMUM_AGE), name="contest_for_thirteen_and_over",
        violation_error_message=f"Nobody under {LOWEST_MINIMUM_AGE} may be asked for anything.",
    ),
    models.CheckConstraint(
        condition=Q(eligibility="all") | Q(question_set__isnull=False),
        name="contest_eligibility_needs_questions",
        violation_error_message="What counts are answers: choose a question set.",
    ),
    models.CheckConstraint(
        condition=Q(max_chances__range=(1, 9_999)), name="contest_max_chances",
        violation_error_message="An entry has 1 to 9,999 chances.",
    ),
    models.CheckConstraint(
        condition=Q(claim_days__range=(3, 90)), name="contest_time_to_claim",
        violation_error_message="Winners need from 3 to 90 days.",
    ),
    models.CheckConstraint(
        condition=Q(entries_deleted_on__isnull=True) | Q(winners_deleted_on__isnull=True)
        | Q(winners_deleted_on__gte=F("entries_deleted_on")),
        name="contest_winners_deleted_last",
        violation_error_message="Winners are deleted with the other entries or after them.",
    ),
]  # fmt: skip
