"""Saves a parsed transcript as a draft interview with speakers, turns, bylines and the original text."""

import re
from collections.abc import Mapping
from html import escape

from django.db import transaction

from films.fuzzy_match import unused_slug
from films.models import Person
from interviews.input_formats import BOLD_END, BOLD_START, ITALIC_END, ITALIC_START, strip_emphasis
from interviews.intro_outro import IntroParts, closing_paragraphs
from interviews.models import Interview, Speaker, Turn
from interviews.transcripts import DIRECTION, QUESTION, ParsedTranscript, ParsedTurn
from magazine.models import Byline, Contributor

MAGAZINE_NAME = "cinemaCLIPS"
UNNAMED_SPEAKER = "Answer"
# (label, kind of turn) → speaker.
type SpeakersByTurn = dict[tuple[str, str], Speaker]
GIVEN_NAMES = r"((?:[A-Z][\w.'’\-]+ ){1,2})"


def suggested_names(transcript: ParsedTranscript) -> dict[str, str]:
    """The full name for each label, if the text around the turns gives it, else the label."""
    text = strip_emphasis("\n".join([transcript.intro, transcript.outro]))
    return {label: _full_name(label, text) for label in transcript.speakers}


def _full_name(label: str, text: str) -> str:
    surname = f"(?i:{re.escape(label)})" if label.isupper() else re.escape(label)
    full = re.search(rf"\b{GIVEN_NAMES}{surname}\b", text)
    if " " in label or not full:
        return _without_capitals(label)
    return f"{full[1].split()[-1]} {_without_capitals(label)}"


def _without_capitals(label: str) -> str:
    """A label without all capitals: "ANNA FARIS" becomes "Anna Faris". Up to three letters stay."""
    return label.title() if label.isupper() and len(label) > 3 else label


@transaction.atomic
def import_transcript(
    transcript: ParsedTranscript,
    original: str,
    *,
    title: str = "",
    names: Mapping[str, str] | None = None,
    only_known_contributors: bool = False,
) -> Interview:
    """
    Save a parsed transcript as a draft interview and return it.

    `original` is the pasted text, which is kept with it. `title` and `names` (full names by label) are what
    an editor has corrected; without them, they are taken from the text. A name that is no contributor's
    becomes one, unless `only_known_contributors`; it has no byline then.
    """
    interview = _create_interview(transcript, original, title)
    speakers = _create_speakers(interview, transcript, names or suggested_names(transcript))
    turns = enumerate(transcript.turns, 1)
    Turn.objects.bulk_create(_build_turn(interview, order, turn, speakers) for order, turn in turns)
    if not only_known_contributors:
        _create_contributors(transcript.intro_parts)
    _create_bylines(interview, transcript.intro_parts)
    interview.add_speakers_to_people()
    interview.index()
    return interview


def _create_interview(transcript: ParsedTranscript, original: str, title: str) -> Interview:
    intro_parts = transcript.intro_parts
    title = title or intro_parts.headline or "Untitled interview"
    taken_slugs = set(Interview.objects.values_list("slug", flat=True))
    return Interview.objects.create(
        title=title[:200],
        slug=unused_slug(title, taken_slugs),
        body=_rich_text("\n\n".join(intro_parts.paragraphs)),
        afterword=_rich_text("\n\n".join(closing_paragraphs(transcript.outro))),
        transcript=original,
    )


def _build_turn(interview: Interview, order: int, turn: ParsedTurn, speakers: SpeakersByTurn) -> Turn:
    return Turn(
        interview=interview,
        order=order,
        kind=turn.kind,
        speaker=speakers.get((turn.speaker, turn.kind)),
        text=_rich_text(turn.text),
    )


def _create_speakers(
    interview: Interview, transcript: ParsedTranscript, names: Mapping[str, str]
) -> SpeakersByTurn:
    """
    Create a speaker for each label. Returns them by label and kind of turn.

    A question without a label is asked by the magazine; an answer without one has a placeholder name.
    """
    speakers: SpeakersByTurn = {}
    for turn in transcript.turns:
        key = (turn.speaker, turn.kind)
        if turn.kind == DIRECTION or key in speakers:
            continue
        is_interviewer = turn.kind == QUESTION
        label = turn.speaker or (MAGAZINE_NAME if is_interviewer else UNNAMED_SPEAKER)
        name = (names.get(turn.speaker) if turn.speaker or not is_interviewer else "") or label
        person = Person.objects.filter(name=name).first()
        speakers[key], _ = Speaker.objects.get_or_create(
            interview=interview,
            short_name=_short_name(label, name),
            defaults={"name": name, "is_interviewer": is_interviewer, "person": person},
        )
    return speakers


def _short_name(label: str, name: str) -> str:
    """The name printed before each turn: the label without all capitals, or the surname of a full name."""
    label = _without_capitals(label)
    if label == UNNAMED_SPEAKER and name != label:
        label = name
    return label.split()[-1][:60] if label == name and " " in label else label[:60]


def named_bylines(intro_parts: IntroParts) -> list[tuple[str, Byline.Role]]:
    """(name, role) of each byline that the text names."""
    photographers = [(name, Byline.Role.PHOTOS) for name in intro_parts.credits]
    named = [(intro_parts.byline, Byline.Role.WORDS), *photographers]
    return [(name[:120], role) for name, role in named if name]


def _create_contributors(intro_parts: IntroParts) -> None:
    for name, _ in named_bylines(intro_parts):
        taken_slugs = set(Contributor.objects.values_list("slug", flat=True))
        slug = unused_slug(name, taken_slugs, max_length=50)
        Contributor.objects.get_or_create(name=name, defaults={"slug": slug})


def _create_bylines(interview: Interview, intro_parts: IntroParts) -> None:
    for name, role in named_bylines(intro_parts):
        if contributor := Contributor.objects.filter(name=name).first():
            Byline.objects.get_or_create(article=interview, contributor=contributor, role=role)


def _rich_text(text: str) -> str:
    """Plain paragraphs with emphasis marks, as HTML."""
    paragraphs = [part.replace("\n", " ").strip() for part in re.split(r"\n\s*\n", text)]
    html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs if part)
    for mark, tag in (
        (BOLD_START, "<strong>"),
        (BOLD_END, "</strong>"),
        (ITALIC_START, "<em>"),
        (ITALIC_END, "</em>"),
    ):
        html = html.replace(mark, tag)
    return html
