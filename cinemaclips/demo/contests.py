"""The contests of the demo: one open, one announced, and one drawn in 2023 from real public numbers."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User

from contest import (
    awarding,
    beacons,
    drawing,
    freezing,
    initial_data,
    opening,
    retention,
    triggers,
    verify,
    winners_list,
)
from contest.models import (
    Amendment,
    AuditEvent,
    Award,
    Contest,
    Disqualification,
    Entry,
    Freeze,
    Outcome,
    Prize,
    Reading,
    Region,
    Rules,
    Source,
)
from contest.models.entries import new_code
from fans.models import Mail
from films.models import Release
from magazine.models import Byline, Contributor
from trivia.models import Question, Quiz, QuizQuestion

if TYPE_CHECKING:
    from cinemaclips.demo.loading import RowRecorder

# drand quicknet, round 1000, published at 15:59:24 UTC on 23 August 2023.
ROUND_1000 = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
ROUND_1000_AT = datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)
SPONSOR = {"sponsor": "J-R Enterprises", "sponsor_postal_address": "P.O. Box 1998, Tempe, Arizona 85281, USA"}
OPEN_CONTEST = (
    *("three-questions-three-discs", "dvd-autumn", "Three questions, three discs"),
    "Answer three questions on films we have reviewed. Everybody who gets them right is in the draw.",
    "The answers are all on this site, in the reviews and in the trivia beside them; looking them up is no "
    "cheating but the point of the exercise. The first prize is the box with the restored film, the second the "
    "plain disc, the third the one in colours that no television of its day could show.",
)
COMING_CONTEST = (
    *("the-winter-box", "dvd-winter", "The winter box"),
    "One box for one reader, when the days are shortest. No question at all: a name will do.",
    "It stands on the shelf beside the projector already, and everybody here wants it. Nobody who works here may "
    "enter, and nobody who lives with them. It opens with the longest night of the year.",
)
DRAWN_CONTEST = (
    *("the-summer-draw", "dvd-summer-2023", "The summer draw"),
    "Three discs from the shelf behind the projector, drawn from a beacon that the whole world can read.",
    "Sixty readers took part; all of them, like the three winners, are invented, and so is the year in which the "
    "magazine is supposed to have done this. The randomness is not: it is round 1000 of drand, which some twenty "
    "organisations made together on 23 August 2023. Everything else follows from it, and can be checked.",
)
ENTRANTS = 60
CLAIMS = [("Rosalind Achterberg", "Flagstaff"), ("Teo Marsh", "Mesa"), ("Imogen Vale", "Bisbee")]


class DemoContests:
    """
    Creates the three contests.

    All entrants are invented. Those of 2023 are purged, since the purge date of their contest has passed.
    """

    def __init__(self, rows: "RowRecorder", now: datetime, user: User) -> None:
        self.rows, self.now, self.user = rows, now, user
        self.discs = list(Release.objects.exclude(format="vhs").order_by("pk")[:4])

    def fill(self) -> None:
        initial_data.create_regions_and_thresholds()
        today = noon_on_day_of(self.now)
        opened = self._create_contest(
            OPEN_CONTEST,
            today - timedelta(days=6), today + timedelta(days=21), sources_after(today + timedelta(days=24)),
            eligibility="right", question_set=self._create_quiz(),
        )  # fmt: skip
        opening.record_opening(opened, opened.opens_at)
        coming = self._create_contest(
            COMING_CONTEST,
            today + timedelta(days=30), today + timedelta(days=51), sources_after(today + timedelta(days=54)),
            published_at=self.now - timedelta(days=1), prizes=1,
        )  # fmt: skip
        opening.record_published_rules(coming, self.now - timedelta(days=1))
        self._create_drawn_contest()

    def _create_contest(
        self,
        words: tuple[str, str, str, str, str],
        opens_at: datetime,
        closes_at: datetime,
        sources: list[tuple[str, datetime]],
        **fields: Any,
    ) -> Contest:
        """Create a contest with its terms; `words` are its slug, draw id, title, dek and text."""
        day, prizes = closes_at.date(), fields.pop("prizes", 3)
        fields |= dict(zip(("slug", "draw_id", "title", "dek", "body"), words, strict=True))
        fields = {"published_at": opens_at - timedelta(days=2), "alternates": 6} | fields
        fields["body"] = f"<p>{fields['body']}</p>"
        contest = self.rows.create(
            Contest, opens_at=opens_at, closes_at=closes_at,
            cards_received_by=day + timedelta(days=1), entries_deleted_on=day + timedelta(days=90),
            winners_deleted_on=day + timedelta(days=400), **SPONSOR, **fields,
        )  # fmt: skip
        regions = Region.objects.filter(country__in=["United States", "Canada"])
        contest.regions.set(regions.exclude(code="CA-QC"))
        self._add_prizes(contest, self.discs[:prizes])
        for place, (game, at) in enumerate(sources):
            Source.objects.create(contest=contest, game=game, drawn_at=at, order=place)
        contest.index()
        return Contest.objects.with_terms().get(pk=contest.pk)

    def _add_prizes(self, contest: Contest, discs: list[Release]) -> None:
        for place, disc in enumerate(discs):
            Prize.objects.create(contest=contest, release=disc, value=disc.list_price or 25, order=place)
            contest.films.add(disc.film)

    def _create_quiz(self) -> Quiz:
        quiz = self.rows.create(
            Quiz,
            slug="questions-of-the-autumn-contest",
            title="Questions of the autumn contest",
            dek="Three questions; they stay a draft while the contest runs.",
        )
        Byline.objects.create(
            article=quiz, contributor=Contributor.objects.earliest("name"), role=Byline.Role.WORDS
        )
        for order, question in enumerate(Question.objects.live().filter(kind="choice").order_by("pk")[:3]):
            QuizQuestion.objects.create(quiz=quiz, question=question, order=order)
        return quiz

    def _create_drawn_contest(self) -> None:
        """Create the contest of summer 2023; each step is dated to when it would have happened."""
        opens = datetime(2023, 8, 1, 19, tzinfo=UTC)
        closes = datetime(2023, 8, 18, 19, tzinfo=UTC)
        contest = self._create_contest(
            DRAWN_CONTEST,
            opens, closes, [("drand", ROUND_1000_AT)],
        )  # fmt: skip
        opening.record_published_rules(contest, contest.published_at or opens, "Nora Tamblyn")
        opening.record_opening(contest, opens)
        for number in range(ENTRANTS):
            self._create_entrant(contest, number, opens + timedelta(hours=6 * number + 1))
        freezing.freeze(contest, datetime(2023, 8, 21, 17, tzinfo=UTC), "Nora Tamblyn")
        for hour in (17, 18):
            drawing.record_reading(
                contest, [ROUND_1000], self.user, datetime(2023, 8, 23, hour, tzinfo=UTC), second_reader=False
            )
        self._create_claims(contest)
        retention.purge_due_entries(self.now)
        Mail.objects.filter(context__draw_id=contest.draw_id).delete()

    def _create_entrant(self, contest: Contest, number: int, at: datetime) -> None:
        """
        Create an invented entrant with a confirmed entry.

        The salt is derived from `number`, so that the frozen list is the same in every demo.
        """
        email = f"reader{number}@example.com"
        salt = sha256(f"demo entrant {number}".encode()).hexdigest()[:32]
        Entry.objects.create(
            contest=contest, form_token=f"demo {number}", name=f"Reader {number}", email=email, identity=email, salt=salt,
            ticket=verify.ticket_of(contest.draw_id, salt, email), code=new_code(), rules=contest.rules.latest("version"),
            region=contest.regions.all()[number % 4], sent_at=at, confirmed_at=at,
        )  # fmt: skip

    def _create_claims(self, contest: Contest) -> None:
        """Let the first winner miss the deadline; those behind move up, and all of them claim."""
        awards = list(contest.awards.order_by("entry__rank"))
        awarding.disqualify(awards[0].entry, "no-answer", awards[0].claim_by)
        for (name, town), placement in zip(CLAIMS, awarding.placements(contest), strict=True):
            award, days = placement.entry.award, timedelta(days=placement.place)
            address = {
                "full_name": name,
                "street": "1 Invented Way",
                "town": town,
                "country": "United States",
            }
            address["listed_as"] = winners_list.listed_name(name, town)
            awarding.claim(award, address, award.offered_at + days)
        for placement in awarding.placements(contest):
            award = placement.entry.award
            sent = datetime(2023, 9, 20, 17, tzinfo=UTC)
            awarding.record_sent(award, sent, "Nora Tamblyn")
            awarding.record_arrived(award, sent + timedelta(days=4))


def noon_on_day_of(moment: datetime) -> datetime:
    """Noon on the day of `moment`, in the site's time zone."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return local.replace(hour=12, minute=0, second=0, microsecond=0)


def sources_after(moment: datetime) -> list[tuple[str, datetime]]:
    """
    A beacon: (game, time) of the first Powerball draw from `moment` on, and of a drand round 12 hours later.

    Powerball (28 bits) is drawn on television; drand (256 bits) cannot be influenced by anybody.
    """
    game = beacons.GAMES["powerball"]
    while not game.draws_on(moment):
        moment += timedelta(days=1)
    evening = game.draw_time(moment)
    return [("powerball", evening), ("drand", evening + timedelta(hours=12))]


def delete_contest(contest: Contest) -> None:
    """
    Delete a demo contest with its audit log.

    Triggers forbid this; they are dropped and installed again, which is harmless for an invented contest.
    """
    with triggers.without_triggers():
        freeze = Freeze.objects.filter(contest=contest)
        for rows in (
            Outcome.objects.filter(freeze__in=freeze), Reading.objects.filter(freeze__in=freeze), freeze,
            Award.objects.filter(contest=contest), Disqualification.objects.filter(entry__contest=contest),
            Entry.objects.filter(contest=contest), AuditEvent.objects.filter(contest=contest),
            Amendment.objects.filter(contest=contest), Rules.objects.filter(contest=contest),
        ):  # fmt: skip
            rows.delete()
        contest.delete()
