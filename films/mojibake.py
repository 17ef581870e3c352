"""
Repair of titles with wrong accents: Windows-1252 text that was decoded as Mac Roman.

"LÈon" becomes "Léon". A title is changed only if it has fewer misplaced characters afterwards, so
that "WALL·E", "Alien³" and a correct "Amélie" stay as they are.
"""

import re

STRANGE = re.compile(
    r"(?<=[^\W\d_])[À-ÖØ-ÞŒŸŠŽ](?=[a-zà-ÿ])"  # a capital inside a word: LÈon
    r"|(?<=[a-zà-ÿ])[À-ÖØ-ÞŒŸŠŽ]"  # or at its end: CachÈ
    r"|(?<!\S)[À-ÖØ-Þ](?!\S)"  # or alone: I Love You Ö
    r"|(?<=[A-Z])[à-öø-ÿ](?=[A-Z])"  # a small letter among capitals: WALLáE
    r"|(?<=\w)[‰‡†ƒ·˘ˇ¸˝Ω∂∑∏π∫≈∆◊√¬±≤≥∞§¶•](?!\d)|[‰‡˘˝Ω∂∑∏∫≈∆◊√](?=[a-z])"  # a sign stuck to a word
)


def repair(title: str) -> str:
    """The title with its accents repaired, or unchanged if nothing was wrong."""
    try:
        repaired = title.encode("mac_roman").decode("cp1252")
    except UnicodeError:
        return title
    return repaired if strangeness(repaired) < strangeness(title) else title


def strangeness(title: str) -> int:
    """The number of characters in places where no language uses them."""
    return len(STRANGE.findall(title))
