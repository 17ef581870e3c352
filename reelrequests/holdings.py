"""What requests hold on an address."""

from reelrequests import asking, voting
from reelrequests.models import Guess, Voice, Vote


def export_personal_data(email):
    """What this address has asked for, what it wants too, and what it has answered."""
    voices = Voice.objects.filter(email=email).select_related("request")
    guesses = Guess.objects.filter(email=email).select_related("request")
    votes = Vote.objects.filter(email=email).select_related("round", "candidate__request")
    return {
        "requests": [_voice(each) for each in voices],
        "guesses": [_guess(each) for each in guesses],
        "votes": [{"in": each.round.title, "for": str(each.candidate)} for each in votes],
    }


def erase_personal_data(email, now):
    """Take the address out; what was asked stays, as the wish of a reader."""
    voices = list(Voice.objects.filter(email=email).select_related("request__merged_into"))
    asking.leave(voices)
    voting.forget(email)
    named = Guess.objects.filter(email=email).update(email="", signed="")
    return ["Requests and guesses you wrote stay, without your address."] if voices or named else []


def _voice(voice):
    return {"for": voice.request.title, "given": voice.given_at, "confirmed": voice.confirmed_at}


def _guess(guess):
    return {"to": guess.request.title, "guess": guess.title, "how you know": guess.why}
