"""What keeps a contest from being published, and what is only said: the law, the chance, the questions."""

from zoneinfo import ZoneInfo

from contest import beacons
from magazine.publishing import PublishBlocker

BITS_FOR_A_MILLION = 40  # of chances: log2 of them, and the 20 to spare
POOL = 5  # times as many questions as each entry is asked


def missing_rows(contest):
    """What the contest lacks among the rows that belong to it, as a list of `PublishBlocker`."""
    missing = []
    if not contest.prizes.exists():
        missing.append(PublishBlocker("prizes", "Say what is to be won: which disc, how many, what worth."))
    if not contest.regions.exists():
        missing.append(PublishBlocker("regions", "Say where people may take part from."))
    return [*missing, *_chance(contest), *_questions(contest), *_filings(contest)]


def warnings(contest):
    """What the desk says though it keeps nothing from being published, as sentences."""
    return [*_near_a_law(contest), *_little_chance(contest), *_known_questions(contest)]


def laws_on(contest):
    """The thresholds that look at this contest, by where it is open and where it is offered."""
    from contest.models import Threshold  # noqa: PLC0415 - the models ask this module what they lack

    codes = set(contest.regions.values_list("code", flat=True))
    laws = Threshold.objects.of_contests()
    return [law for law in laws if law.holds_for(codes, at_retail=contest.at_retail)]


def _chance(contest):
    sources = list(contest.sources.all())
    if not sources:
        yield PublishBlocker("sources", "Name the public numbers that the draw will hang on.")
        return
    if not any(source.game_of.alone for source in sources):
        yield PublishBlocker("sources", f"{sources[0].game_of.name} is one house's word: add another source.")
    if contest.bits < BITS_FOR_A_MILLION:
        sentence = (
            f"These numbers hold {contest.bits:.0f} bits of chance, and a fair draw wants "
            f"{BITS_FOR_A_MILLION}: add a second game, or drand."
        )
        yield PublishBlocker("sources", sentence)
    earliest = contest.earliest_numbers
    if min(source.at for source in sources) < earliest:
        sentence = (
            "The numbers come too soon. Late confirmations take a day and your own look takes one: choose "
            f"{earliest.astimezone(ZoneInfo(contest.zone)):%Y-%m-%d %H:%M} ({contest.zone}) or later."
        )
        yield PublishBlocker("sources", sentence)


def _questions(contest):
    if contest.question_set is None:
        return
    many = contest.question_set.questions.count()
    if not many:
        yield PublishBlocker("question_set", "The question set has no live question.")
    elif contest.asks and contest.asks > many:
        yield PublishBlocker("asks", f"The question set has {many} live questions.")


def _filings(contest):
    filed = set(contest.filings.values_list("threshold", flat=True))
    for law in laws_on(contest):
        if law.needs_filing and contest.total_value > law.above and law.pk not in filed:
            yield PublishBlocker(
                "filings", f"{law}: with more than ${law.above:,.0f} in prizes this needs a filing number."
            )


def _near_a_law(contest):
    for law in laws_on(contest):
        if law.near <= contest.total_value <= law.above:
            worth = f"the prizes are worth ${contest.total_value:,.2f}, close to ${law.above:,.0f}"
            yield f"{law}: {worth}. {law.note}"


def _little_chance(contest):
    if contest.sources.exists() and contest.bits < beacons.ENOUGH_BITS:
        yield f"The numbers hold {contest.bits:.0f} bits of chance; {beacons.ENOUGH_BITS} are better."


def _known_questions(contest):
    if contest.question_set and contest.question_set.published_at:
        yield "The question set is published: whoever has played it knows the answers."
    if contest.question_set and contest.counts != "all":
        many = contest.question_set.questions.count()
        if many < POOL * (contest.asks or many):
            yield (
                "Whoever has seen the questions can pass them on. A set of five times as many as each entry "
                "is asked resists that."
            )
