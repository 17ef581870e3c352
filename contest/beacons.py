"""
The sources of public numbers that can decide a draw, with what each publishes, when, and its entropy.

A source is listed only if nobody can plausibly influence its numbers and they can be typed in by hand (SPEC:
"Where the public numbers may come from"). Lotteries with three or four digits hold too little entropy.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contest.verify import beacon_of

DRAND_GENESIS = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)  # when drand quicknet began
DRAND_PERIOD = timedelta(seconds=3)
RECOMMENDED_ENTROPY_BITS = 50  # below it the admin shows a warning
ENTROPY_MARGIN_BITS = 20  # a beacon must hold this much more than log2 of the total weight


class NumbersLine(NamedTuple):
    """One line of a beacon from a lottery: `ball_count` different numbers from 1 to `highest`."""

    label: str
    ball_count: int
    highest: int

    @property
    def kind(self) -> str:
        """The word for this format in the manifest."""
        return "numbers"

    @property
    def hint(self) -> str:
        """What to type in, for the form."""
        return f"{self.ball_count} number{'s' if self.ball_count > 1 else ''} from 1 to {self.highest}"

    @property
    def entropy_bits(self) -> float:
        return math.log2(math.comb(self.highest, self.ball_count))

    def error_in(self, typed: str) -> str:
        """What is wrong with the typed line, as a sentence; "" if it is valid."""
        try:
            numbers = [int(part) for part in beacon_of([("numbers", "")], [typed])[:-2].split(".")]
        except ValueError:
            return f"{self.label.capitalize()}: write whole numbers with blanks between."
        if len(numbers) != self.ball_count or len(set(numbers)) != self.ball_count:
            return f"{self.label.capitalize()}: there are {self.ball_count}, each once."
        if not 1 <= min(numbers) <= max(numbers) <= self.highest:
            return f"{self.label.capitalize()}: they go from 1 to {self.highest}."
        return ""


class HexLine(NamedTuple):
    """One line of a beacon as hex digits."""

    label: str
    digits: int

    @property
    def kind(self) -> str:
        """The word for this format in the manifest."""
        return "hex"

    @property
    def hint(self) -> str:
        """What to type in, for the form."""
        return f"{self.digits} hex digits"

    @property
    def entropy_bits(self) -> float:
        return self.digits * 4

    def error_in(self, typed: str) -> str:
        """What is wrong with the typed line, as a sentence; "" if it is valid."""
        try:
            beacon = beacon_of([("hex", "")], [typed])
        except ValueError:
            beacon = ""
        if len(beacon) == self.digits + 1:
            return ""
        return f"Paste all {self.digits} hex digits, and nothing else."


type BeaconLine = NumbersLine | HexLine


class Game(NamedTuple):
    """
    A source of public numbers.

    A lottery draws on `days` (Monday is 0) at `hour` in `zone`; a source without `hour` publishes all the
    time. A source that is not `trusted_alone` must be combined with another.
    """

    name: str
    lines: Sequence[BeaconLine]
    zone: str = "UTC"
    hour: time | None = None
    days: frozenset[int] = frozenset(range(7))
    trusted_alone: bool = True

    @property
    def entropy_bits(self) -> float:
        return sum(line.entropy_bits for line in self.lines)

    def draw_time(self, at: datetime) -> datetime:
        """When a lottery draws on the day of `at`, which is a day in its own zone; `at` for other sources."""
        if self.hour is None:
            return at
        local = at.astimezone(ZoneInfo(self.zone))
        return local.replace(hour=self.hour.hour, minute=self.hour.minute, second=0, microsecond=0)

    def draws_on(self, at: datetime) -> bool:
        """Whether this source draws on the day of `at` in its own zone."""
        return at.astimezone(ZoneInfo(self.zone)).weekday() in self.days

    def beacon_lines(self, at: datetime) -> list[tuple[str, str]]:
        """The (kind, name) of each of its lines in a manifest."""
        if self.hour is None:
            return [(line.kind, f"{self.name} {self._round_name(at)}") for line in self.lines]
        day = at.astimezone(ZoneInfo(self.zone)).date()
        return [(line.kind, f"{self.name} {day} {line.label}") for line in self.lines]

    def _round_name(self, at: datetime) -> str:
        if self.name.startswith("drand"):
            return f"round {drand_round(at)}"
        return f"pulse of {at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def drand_round(at: datetime) -> int:
    """The number of the first round of drand quicknet at or after `at`."""
    return math.ceil((at - DRAND_GENESIS) / DRAND_PERIOD) + 1


NEW_YORK, PARIS, LONDON = "America/New_York", "Europe/Paris", "Europe/London"
POWERBALL = [NumbersLine("white balls", 5, 69), NumbersLine("red ball", 1, 26)]
MEGAMILLIONS = [NumbersLine("white balls", 5, 70), NumbersLine("gold ball", 1, 24)]
EUROMILLIONS = [NumbersLine("numbers", 5, 50), NumbersLine("lucky stars", 2, 12)]
GAMES = {
    "drand": Game("drand quicknet", [HexLine("randomness", 64)]),
    "powerball": Game("Powerball", POWERBALL, NEW_YORK, time(22, 59), frozenset({0, 2, 5})),
    "megamillions": Game("MegaMillions", MEGAMILLIONS, NEW_YORK, time(23), frozenset({1, 4})),
    "euromillions": Game("EuroMillions", EUROMILLIONS, PARIS, time(21, 15), frozenset({1, 4})),
    "uklotto": Game("UK Lotto", [NumbersLine("numbers", 6, 59)], LONDON, time(20), frozenset({2, 5})),
    "nist": Game("NIST beacon", [HexLine("output value", 128)], trusted_alone=False),
}
CHOICES = [(code, game.name) for code, game in GAMES.items()]
