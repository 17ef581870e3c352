"""What readers ask for, who asks with them, what became of it, and the monthly vote."""

from reelrequests.models.guesses import Guess
from reelrequests.models.requests import ReelRequest, RequestWord
from reelrequests.models.rounds import Candidate, Round, Vote
from reelrequests.models.steps import Step
from reelrequests.models.voices import Telling, TrustedAddress, Voice

__all__ = [
    "Guess",
    "Candidate",
    "ReelRequest",
    "RequestWord",
    "Round",
    "Step",
    "Telling",
    "TrustedAddress",
    "Voice",
    "Vote",
]
