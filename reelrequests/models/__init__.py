"""Requests with their votes, guesses and history, and the monthly rounds."""

from reelrequests.models.guesses import Guess
from reelrequests.models.requests import ReelRequest, RequestWord
from reelrequests.models.rounds import Candidate, Round, RoundVote
from reelrequests.models.steps import Step
from reelrequests.models.votes import Notification, TrustedAddress, Vote

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
