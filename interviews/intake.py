"""A parsed transcript as an interview: speakers in full, words as rich text, the original kept."""

import re
from html import escape

from django.db import transaction

from films.fuzzy_match import unused_slug
from films.models import Person
from interviews.models import Interview, Speaker, Turn
from interviews.opening import closing_paragraphs
from interviews.sources import BOLD, ITALIC, UNBOLD, UNITALIC, plain
from interviews.transcript import QUESTION
from magazine.models import Byline, Contributor

OURSELVES = "cinemaCLIPS"
SOMEBODY = "Answer"
FIRST_NAME = r"((?:[A-Z][\w.'’\-]+ ){1,2})"


def suggested_names(transcript):
    """For each label that speaks, the full name that the text itself gives, else the label."""
    text = plain("\n".join([transcript.intro, transcript.outro]))
    return {label: _in_full(label, text) for label in transcript.speakers}


def _in_full(label, text):
    surname = f"(?i:{re.escape(label)})" if label.isupper() else re.escape(label)
    full = re.search(rf"\b{FIRST_NAME}{surname}\b", text)
    if " " in label or not full:
        return _calm(label)
    return f"{full[1].split()[-1]} {_calm(label)}"


def _calm(label):
    """A label that does not shout: "ANNA FARIS" → "Anna Faris"; initials stay."""
    return label.title() if label.isupper() and len(label) > 3 else label


@transaction.atomic
def take_in(transcript, original, *, title="", names=None):
    """
    A draft interview from a parse; nothing of it is published and nothing of the text is lost.

    `names` gives full names by label where an editor has put them right. The original is kept.
    """
    opening = transcript.opening
    title = title or opening.headline or "Untitled interview"
    taken = set(Interview.objects.values_list("slug", flat=True))
    interview = Interview.objects.create(
        title=title[:200],
        slug=unused_slug(title, taken),
        body=_prose("\n\n".join(opening.paragraphs)),
        afterword=_prose("\n\n".join(closing_paragraphs(transcript.outro))),
        transcript=original,
    )
    speakers = _speakers(interview, transcript, names or suggested_names(transcript))
    Turn.objects.bulk_create(
        Turn(
            interview=interview,
            order=order,
            kind=turn.kind,
            speaker=speakers.get((turn.speaker, turn.kind)),
            text=_prose(turn.text),
        )
        for order, turn in enumerate(transcript.turns, 1)
    )
    _bylines(interview, opening)
    interview.gather_people()
    interview.index()
    return interview


def _speakers(interview, transcript, names):
    """A speaker per label; those without one are the magazine asking, or somebody answering."""
    speakers = {}
    for turn in transcript.turns:
        key = (turn.speaker, turn.kind)
        if turn.kind == "direction" or key in speakers:
            continue
        asks = turn.kind == QUESTION
        label = turn.speaker or (OURSELVES if asks else SOMEBODY)
        name = (names.get(turn.speaker) if turn.speaker or not asks else "") or label
        speakers[key], _ = Speaker.objects.get_or_create(
            interview=interview,
            short_name=_short(label, name),
            defaults={
                "name": name,
                "asks": asks,
                "person": Person.objects.filter(name=name).first(),
            },
        )
    return speakers


def _short(label, name):
    """What stands before a turn: the label as pasted, but not shouted, and a surname if it is a full name."""
    label = _calm(label)
    if label == SOMEBODY and name != label:
        label = name
    return label.split()[-1][:60] if label == name and " " in label else label[:60]


def _bylines(interview, opening):
    for name, role in [
        (opening.byline, Byline.Role.WORDS),
        *((each, Byline.Role.PHOTOS) for each in opening.credits),
    ]:
        if name:
            taken = set(Contributor.objects.values_list("slug", flat=True))
            contributor, _ = Contributor.objects.get_or_create(
                name=name[:120], defaults={"slug": unused_slug(name, taken, max_length=50)}
            )
            Byline.objects.get_or_create(article=interview, contributor=contributor, role=role)


def _prose(text):
    """Plain paragraphs with emphasis marks as rich text."""
    paragraphs = [part.replace("\n", " ").strip() for part in re.split(r"\n\s*\n", text)]
    html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs if part)
    for mark, tag in (
        (BOLD, "<strong>"),
        (UNBOLD, "</strong>"),
        (ITALIC, "<em>"),
        (UNITALIC, "</em>"),
    ):
        html = html.replace(mark, tag)
    return html
