"""
The public numbers that a draw may hang on: what each source gives, when, and how much chance is in it.

Only sources that nobody realistic can bend, and that can be typed in without a network (SPEC: "Where
the public numbers may come from"). Games of three or four digits are left out on purpose.
"""

import math
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contest.verify import beacon_of

GENESIS, PERIOD = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC), timedelta(seconds=3)  # drand quicknet
ENOUGH_BITS = 50  # below it the desk warns
SPARE_BITS = 20  # more than log2 of the total weight


class Balls(NamedTuple):
    """One line of a beacon from a lottery: so many different balls, from 1 to the last."""

    label: str
    many: int
    last: int

    kind = "numbers"

    @property
    def hint(self):
        return f"{self.many} number{'s' if self.many > 1 else ''} from 1 to {self.last}"

    @property
    def bits(self):
        return math.log2(math.comb(self.last, self.many))

    def complaint(self, typed):
        """What is wrong with numbers that were typed in, as a sentence; "" if nothing is."""
        try:
            numbers = [int(part) for part in beacon_of([("numbers", "")], [typed])[:-2].split(".")]
        except ValueError:
            return f"{self.label.capitalize()}: write whole numbers with blanks between."
        if len(numbers) != self.many or len(set(numbers)) != self.many:
            return f"{self.label.capitalize()}: there are {self.many}, each once."
        if not 1 <= min(numbers) <= max(numbers) <= self.last:
            return f"{self.label.capitalize()}: they go from 1 to {self.last}."
        return ""


class Hex(NamedTuple):
    """One line of a beacon as hex digits."""

    label: str
    digits: int

    kind = "hex"

    @property
    def hint(self):
        return f"{self.digits} hex digits"

    @property
    def bits(self):
        return self.digits * 4

    def complaint(self, typed):
        try:
            beacon = beacon_of([("hex", "")], [typed])
        except ValueError:
            beacon = ""
        return (
            "" if len(beacon) == self.digits + 1 else f"Paste all {self.digits} hex digits, and nothing else."
        )


class Game(NamedTuple):
    """A source of public numbers; a lottery draws on `days` (Monday is 0) at `hour` in `zone`."""

    name: str
    lines: list
    zone: str = "UTC"
    hour: time | None = None
    days: frozenset = frozenset(range(7))
    alone: bool = True

    @property
    def bits(self):
        return sum(line.bits for line in self.lines)

    def instant(self, moment):
        """When this source speaks, on the day of `moment` in its own zone."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return local.replace(hour=self.hour.hour, minute=self.hour.minute, second=0, microsecond=0)

    def draws_on(self, moment):
        return moment.astimezone(ZoneInfo(self.zone)).weekday() in self.days

    def named(self, moment):
        """The (kind, name) of each of its lines in a manifest."""
        if self.hour is None:
            return [(line.kind, f"{self.name} {self._number(moment)}") for line in self.lines]
        day = moment.astimezone(ZoneInfo(self.zone)).date()
        return [(line.kind, f"{self.name} {day} {line.label}") for line in self.lines]

    def _number(self, moment):
        if self.name.startswith("drand"):
            return f"round {drand_round(moment)}"
        return f"pulse of {moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def drand_round(moment):
    """The number of the first round of drand quicknet at or after a moment."""
    return math.ceil((moment - GENESIS) / PERIOD) + 1


EAST, PARIS, LONDON = "America/New_York", "Europe/Paris", "Europe/London"
POWERBALL = [Balls("white balls", 5, 69), Balls("red ball", 1, 26)]
MEGAMILLIONS = [Balls("white balls", 5, 70), Balls("gold ball", 1, 24)]
EUROMILLIONS = [Balls("numbers", 5, 50), Balls("lucky stars", 2, 12)]
GAMES = {
    "drand": Game("drand quicknet", [Hex("randomness", 64)]),
    "powerball": Game("Powerball", POWERBALL, EAST, time(22, 59), frozenset({0, 2, 5})),
    "megamillions": Game("MegaMillions", MEGAMILLIONS, EAST, time(23), frozenset({1, 4})),
    "euromillions": Game("EuroMillions", EUROMILLIONS, PARIS, time(21, 15), frozenset({1, 4})),
    "uklotto": Game("UK Lotto", [Balls("numbers", 6, 59)], LONDON, time(20), frozenset({2, 5})),
    "nist": Game("NIST beacon", [Hex("output value", 128)], alone=False),
}
CHOICES = [(code, game.name) for code, game in GAMES.items()]
