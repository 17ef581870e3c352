"""Data: the names of fields of a contest that are frozen, required, or loaded for an entry."""

# Fields that cannot be changed once the contest has opened; nor can its prizes, regions and sources.
FROZEN_FIELDS = [
    *"draw_id opens_at closes_at zone minimum_age rest_days".split(),
    *"question_set questions_per_entry eligibility max_chances alternates".split(),
    *"sponsor sponsor_postal_address cards_received_by claim_days".split(),
    *"entries_deleted_on winners_deleted_on at_retail".split(),
]

# The columns that decide about an entry, and those that its mails print.
FIELDS_FOR_ENTERING = [
    *"section slug title published_at unlisted draw_id opens_at closes_at zone minimum_age".split(),
    *"question_set questions_per_entry eligibility".split(),
    *"sponsor sponsor_postal_address entries_deleted_on".split(),
]

# The columns of an entry that are read when it is confirmed.
FIELDS_FOR_CONFIRMING = [
    *"contest name email identity answers newsletter confirmed_at".split(),
    *"salt ticket code weight attempt".split(),
]

# Fields without which a contest cannot be published, with the error message for the editor.
REQUIRED_FIELDS = {
    "sponsor": "Say who promises the prizes.",
    "sponsor_postal_address": "Give the sponsor's postal address: the rules print it, and cards go there.",
    "cards_received_by": "Say until when cards of the free postal entry count.",
    "entries_deleted_on": "Say when the entries will be deleted.",
    "winners_deleted_on": "Say when what we hold on winners will be deleted.",
}
