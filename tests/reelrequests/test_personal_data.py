"""Export and erasure of the personal data of somebody who voted."""

from django.utils import timezone

from fans.personal_data import erase_all, export_all
from reelrequests import round_voting
from reelrequests.models import Guess, RoundVote, Vote
from tests.factories import make_request, make_vote
from tests.reelrequests.test_rounds import voting_round
from tests.reelrequests.test_staff_actions import make_guess

__all__ = ["voting_round"]


def test_personal_data_is_exported_and_erased(voting_round):
    request = make_request(title="Stalker")
    make_vote(request, "ana@example.com")
    make_guess(make_request(kind="riddle", title="Clocks"), email="ana@example.com", signed="Ana")
    round_voting.cast_vote(voting_round.candidates.first(), "ana@example.com", "", timezone.now())
    held = export_all("ana@example.com")

    assert (held["requests"][0]["for"], held["guesses"][0]["to"], held["votes"][0]["in"]) == (
        "Stalker",
        "Clocks",
        "The winter vote",
    )
    assert "Requests and guesses you wrote stay, without your address." in erase_all(
        "ana@example.com", timezone.now()
    )
    assert (
        export_all("ana@example.com") == {} and not Vote.objects.exists() and not RoundVote.objects.exists()
    )
    assert str(voting_round.result()[0]) and voting_round.result()[0].vote_count == 0
    assert (Guess.objects.get().email, Guess.objects.get().signed) == ("", "")
    request.refresh_from_db()
    assert request.vote_count == 0
    assert erase_all("ana@example.com", timezone.now()) == []
