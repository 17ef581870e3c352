"""What requests hold on an address."""

from reelrequests import reader_actions, round_voting
from reelrequests.models import Guess, RoundVote, Vote


def export_personal_data(email):
    """What this address has asked for, what it wants too, and what it has answered."""
    votes = Vote.objects.filter(email=email).select_related("request")
    guesses = Guess.objects.filter(email=email).select_related("request")
    round_votes = RoundVote.objects.filter(email=email).select_related("round", "candidate__request")
    return {
        "requests": [_vote_data(vote) for vote in votes],
        "guesses": [_guess_data(guess) for guess in guesses],
        "votes": [{"in": vote.round.title, "for": str(vote.candidate)} for vote in round_votes],
    }


def erase_personal_data(email, now):
    """Take the address out; what was asked stays, as the wish of a reader."""
    votes = list(Vote.objects.filter(email=email).select_related("request__merged_into"))
    reader_actions.withdraw(votes)
    round_voting.withdraw_votes(email)
    guess_count = Guess.objects.filter(email=email).update(email="", signed="")
    return ["Requests and guesses you wrote stay, without your address."] if votes or guess_count else []


def _vote_data(vote):
    return {"for": vote.request.title, "given": vote.voted_at, "confirmed": vote.confirmed_at}


def _guess_data(guess):
    return {"to": guess.request.title, "guess": guess.title, "how you know": guess.why}
