"""What we hold on somebody who asked, and its erasure."""

from django.utils import timezone

from fans.personal_data import erase_all, export_all
from reelrequests import voting
from reelrequests.models import Guess, Voice, Vote
from tests.factories import make_request, make_voice
from tests.reelrequests.test_deciding import make_guess
from tests.reelrequests.test_rounds import vote

__all__ = ["vote"]


def test_everything_is_told_and_everything_goes(vote):
    request = make_request(title="Stalker")
    make_voice(request, "ana@example.com")
    make_guess(make_request(kind="riddle", title="Clocks"), email="ana@example.com", signed="Ana")
    voting.vote(vote.candidates.first(), "ana@example.com", "", timezone.now())
    held = export_all("ana@example.com")

    assert (held["requests"][0]["for"], held["guesses"][0]["to"], held["votes"][0]["in"]) == (
        "Stalker",
        "Clocks",
        "The winter vote",
    )
    assert "Requests and guesses you wrote stay, without your address." in erase_all(
        "ana@example.com", timezone.now()
    )
    assert export_all("ana@example.com") == {} and not Voice.objects.exists() and not Vote.objects.exists()
    assert str(vote.result()[0]) and vote.result()[0].votes == 0
    assert (Guess.objects.get().email, Guess.objects.get().signed) == ("", "")
    request.refresh_from_db()
    assert request.voices == 0
    assert erase_all("ana@example.com", timezone.now()) == []
