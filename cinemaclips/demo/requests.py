"""Creates the reel requests of the demo: one in each status, with its history, and a running round."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cinemaclips.demo.contests import noon_on_day_of
from cinemaclips.demo.text_files import read_rows
from films.models import Person
from magazine.models import Article
from reelrequests import staff_actions
from reelrequests.models import Candidate, Guess, ReelRequest, Round, Step, Vote
from reelrequests.models.requests import Status
from reelrequests.vote_counts import recount, update_request_count

if TYPE_CHECKING:
    from cinemaclips.demo.rows import RowRecorder
    from films.models import Film

DESK = "Nora Tamblyn"


class DemoRequests:
    """Creates the requests. Their invented fans count as notified already, so that the demo sends no mail."""

    def __init__(self, rows: "RowRecorder", films: "dict[str, Film]", now: datetime) -> None:
        self.rows, self.films, self.now = rows, films, now

    def fill(self) -> None:
        asked = [self._request(cells) for cells in read_rows("requests.txt")]
        self._guesses(next(each for each in asked if each.kind == ReelRequest.Kind.IDENTIFY))
        to_identify = ReelRequest.Kind.IDENTIFY
        self._round([each for each in asked if each.status == Status.NEW and each.kind != to_identify])

    def _request(self, cells: list[str]) -> ReelRequest:
        kind, title, film, status, people, browsers, days, signed, why, note, piece = cells
        at = self.now - timedelta(days=int(days))
        section, _, slug = piece.partition("/")
        covers = Article.objects.filter(section=section, slug=slug).first()
        request = self.rows.create(
            ReelRequest, kind=kind, title=title, why=why, signed=signed, submission_hash=f"demo {title}"[:64], asked_at=at,
            film=self.films.get(film), person=Person.objects.filter(name=title).first(),
            piece=covers, notified_at=self.now if covers else None,
        )  # fmt: skip
        staff_actions.show(request, DESK, at + timedelta(hours=5))
        self._votes(request, int(people), int(browsers), at)
        self._set_status(request, status, note, at + timedelta(days=9))
        recount(request)
        if request.piece:
            update_request_count(request.piece.pk)
        return request

    def _votes(self, request: ReelRequest, people: int, browsers: int, at: datetime) -> None:
        confirmed_votes = [
            Vote(request=request, email=f"reader{number}@example.com", voted_at=at, confirmed_at=at)
            for number in range(people)
        ]  # fmt: skip
        browser_votes = [
            Vote(request=request, browser=f"demo {number}", voted_at=at) for number in range(browsers)
        ]
        Vote.objects.bulk_create(confirmed_votes + browser_votes)
        if request.piece:
            request.votes.confirmed().record_notified(request.piece)

    def _set_status(self, request: ReelRequest, status: str, note: str, at: datetime) -> None:
        """Record a decision of staff at the time `at`; nobody is mailed."""
        stored = Status.PRODUCTION if request.piece else Status(status)
        if stored == Status.NEW:
            return
        request.status, request.status_changed_at = stored, at
        if stored == Status.PLANNED:
            request.planned_for = (self.now + timedelta(days=int(note))).date()
        if stored == Status.DECLINED:
            request.reason = note
        request.save()
        Step.objects.create(request=request, kind=stored, at=at, by=DESK, note=request.reason)

    def _guesses(self, to_identify: ReelRequest) -> None:
        """Create some guesses of readers, none of them right."""
        for number, (title, why) in enumerate([
            ("The Innocents", "There is a house like that in it, and it is black and white."),
            ("Great Expectations", "The clocks have stopped there for sure. The walking I do not remember."),
        ]):  # fmt: skip
            Guess.objects.create(
                request=to_identify, title=title, why=why, signed=f"Row {'FK'[number]}", submission_hash=f"demo guess {number}",
                moderation=ReelRequest.Moderation.SHOWN, guessed_at=to_identify.asked_at + timedelta(days=1 + number),
            )  # fmt: skip

    def _round(self, asked: list[ReelRequest]) -> None:
        vote = self.rows.create(
            Round, title="The winter vote", note="Which of these shall we show first?",
            opens_at=noon_on_day_of(self.now) - timedelta(days=5), closes_at=noon_on_day_of(self.now) + timedelta(days=20),
        )  # fmt: skip
        for order, request in enumerate(asked):
            Candidate.objects.create(round=vote, request=request, order=order)
