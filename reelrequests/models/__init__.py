"""Requests with their votes, guesses and history, and the monthly rounds."""

from reelrequests.models.guesses import Guess
from reelrequests.models.notifications import Notification
from reelrequests.models.requests import ReelRequest, RequestWord
from reelrequests.models.round_votes import RoundVote
from reelrequests.models.rounds import Candidate, Round
from reelrequests.models.steps import Step
from reelrequests.models.trusted_addresses import TrustedAddress
from reelrequests.models.votes import Vote

__all__ = [
    "Candidate",
    "Guess",
    "Notification",
    "ReelRequest",
    "RequestWord",
    "Round",
    "RoundVote",
    "Step",
    "TrustedAddress",
    "Vote",
]
