"""Exports and erases the personal data that this section keeps under an e-mail address."""

from datetime import datetime
from typing import Any

from reelrequests import reader_actions, round_voting
from reelrequests.models import Guess, RoundVote, Vote


def export_personal_data(email: str) -> dict[str, list[dict[str, Any]]]:
    """The requests that this address voted for, its guesses, and its votes in monthly rounds."""
    votes = Vote.objects.filter(email=email).select_related("request")
    guesses = Guess.objects.filter(email=email).select_related("request")
    round_votes = RoundVote.objects.filter(email=email).select_related("round", "candidate__request")
    return {
        "requests": [_vote_data(vote) for vote in votes],
        "guesses": [_guess_data(guess) for guess in guesses],
        "votes": [{"in": vote.round.title, "for": str(vote.candidate)} for vote in round_votes],
    }


def erase_personal_data(email: str, now: datetime) -> list[str]:
    """
    Delete the votes of this address and take it off its guesses; requests and guesses stay without an owner.

    Returns sentences about what stays; [] if nothing of the address was found.
    """
    votes = list(Vote.objects.filter(email=email).select_related("request__merged_into"))
    reader_actions.withdraw(votes)
    round_voting.withdraw_votes(email)
    guess_count = Guess.objects.filter(email=email).update(email="", signed="")
    return ["Requests and guesses you wrote stay, without your address."] if votes or guess_count else []


def _vote_data(vote: Vote) -> dict[str, Any]:
    return {"for": vote.request.title, "given": vote.voted_at, "confirmed": vote.confirmed_at}


def _guess_data(guess: Guess) -> dict[str, Any]:
    return {"to": guess.request.title, "guess": guess.title, "how you know": guess.why}
