"""Doubt where a page has another title than before, as on a parked domain."""

from films.titles import folded
from links.models import Link
from links.visits import Finding

MIN_WORD_LENGTH = 4  # letters; shorter words occur in any title


def distinctive_words(title: str) -> set[str]:
    """The long words of a title. A renamed page keeps one or two of them, a parked domain none."""
    return {word for word in folded(title).split() if len(word) >= MIN_WORD_LENGTH}


def doubt_changed_title(link: Link, finding: Finding) -> Finding:
    """The finding, changed to "unsure" if the title is entirely different, as on a parked domain."""
    if not finding.works or not link.page_title or not finding.title:
        return finding
    words_before, words_now = distinctive_words(link.page_title), distinctive_words(finding.title)
    if not words_before or not words_now or words_before & words_now:
        return finding
    sentence = (
        f"The page is now called “{finding.title}”; it was “{link.page_title}”. Has the domain been sold?"
    )
    return finding._replace(works=False, sentence=sentence)
