"""
Titles whose accents went wrong on the way: Windows text that was once read as Mac Roman.

"LÈon" was "Léon". A title is changed only where the change makes it less strange, so that
"WALL·E", "Alien³" and a correct "Amélie" stay as they are.
"""

import re

STRANGE = re.compile(
    r"(?<=[^\W\d_])[À-ÖØ-ÞŒŸŠŽ](?=[a-zà-ÿ])"  # a capital inside a word: LÈon
    r"|(?<=[a-zà-ÿ])[À-ÖØ-ÞŒŸŠŽ]"  # or at its end: CachÈ
    r"|(?<!\S)[À-ÖØ-Þ](?!\S)"  # or alone: I Love You Ö
    r"|(?<=[A-Z])[à-öø-ÿ](?=[A-Z])"  # a small letter among capitals: WALLáE
    r"|(?<=\w)[‰‡†ƒ·˘ˇ¸˝Ω∂∑∏π∫≈∆◊√¬±≤≥∞§¶•](?!\d)|[‰‡˘˝Ω∂∑∏∫≈∆◊√](?=[a-z])"  # a sign stuck to a word
)


def repair(title):
    """The title as it was meant."""
    try:
        repaired = title.encode("mac_roman").decode("cp1252")
    except UnicodeError:
        return title
    return repaired if strangeness(repaired) < strangeness(title) else title


def strangeness(title):
    """How many characters stand where no language puts them."""
    return len(STRANGE.findall(title))
