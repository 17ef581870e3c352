"""Creates the reviews and interviews of the demo, each from a text file of its own."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from cinemaclips.demo.pictures import scene
from cinemaclips.demo.records import get_or_create_person
from cinemaclips.demo.rows import DRAWN_BY, RowRecorder, free_slug
from cinemaclips.demo.text_files import Fields, field_value, parse_record, split_names, to_html
from films.models import Film
from interviews.importer import import_transcript
from interviews.models import Interview
from interviews.parser import ParsedTranscript, parse
from magazine.models import Byline, Contributor
from reviews.models import Review

SCENE_ALTS = {
    "desert": "A camera on a tripod before red dunes and a low sun, drawn in flat colours.",
    "bench": "An editing bench with two reels and a strip of film in lamp light, drawn in flat colours.",
    "harmonium": "A harmonium before a red curtain, with five wine glasses on it, drawn in flat colours.",
    "booth": "A projector in a dark booth throwing its beam to the right, drawn in flat colours.",
}


class DemoSource(NamedTuple):
    """What pieces are made from: the recorder, films by "Title year", staff by name, and the present time."""

    rows: RowRecorder
    films: dict[str, Film]
    people: dict[str, Contributor]
    now: datetime


def create_review(source: DemoSource, path: Path) -> None:
    """Create a review from one file of `reviews/`."""
    rows, films, people, now = source
    fields, (text,) = parse_record(path.read_text())
    stars = field_value(fields, "stars")
    review = rows.create(
        Review,
        slug=free_slug(Review, path.stem),
        title=field_value(fields, "title"),
        dek=field_value(fields, "dek"),
        verdict=field_value(fields, "verdict"),
        half_stars=int(stars) if stars else None,
        film=films[field_value(fields, "film")],
        body=to_html(text),
        how_seen=field_value(fields, "how"),
        content_checked=True,
        content_notes="\n".join(fields.get("notes", [])),
        pros="\n".join(fields.get("pros", [])),
        cons="\n".join(fields.get("cons", [])),
        published_at=now - timedelta(days=int(field_value(fields, "days")), hours=2),
    )
    review.tags.add(*field_value(fields, "tags").split(", "))
    Byline.objects.create(article=review, contributor=people[field_value(fields, "critic")])


def create_interview(source: DemoSource, path: Path) -> None:
    """Create an interview with invented people from one file of `interviews/`."""
    rows, films, people, now = source
    fields, (text,) = parse_record(path.read_text())
    transcript = parse(text)
    guests = _create_guests(rows, fields, transcript)
    interview = rows.record(
        import_transcript(transcript, text, title=field_value(fields, "title"), names=guests)
    )
    interview.slug = free_slug(Interview, path.stem)
    interview.dek, interview.occasion = field_value(fields, "dek"), field_value(fields, "occasion")
    interview.place, interview.is_fiction = field_value(fields, "place"), True
    interview.held_on = timezone.localdate(now) - timedelta(days=int(field_value(fields, "held")))
    interview.published_at = now - timedelta(days=int(field_value(fields, "days")), hours=3)
    picture = field_value(fields, "photo")
    interview.lead_photo = rows.create_photo(
        scene(picture), alt=SCENE_ALTS[picture], caption="Drawn for the magazine."
    )
    interview.save()
    interview.tags.add(*field_value(fields, "tags").split(", "))
    interview.films.set(films[each] for each in split_names(field_value(fields, "films")))
    Byline.objects.create(article=interview, contributor=people["June Hallorand"])
    Byline.objects.create(article=interview, contributor=people[DRAWN_BY], role=Byline.Role.PHOTOS)
    _mark_pull_quote(interview, field_value(fields, "pull"))


def _create_guests(rows: RowRecorder, fields: Fields, transcript: ParsedTranscript) -> dict[str, str]:
    """Create the invented people of an interview. Returns their full names by speaker label."""
    guests = [entry.split(" = ") for entry in split_names(field_value(fields, "people"))]
    for name, bio in guests:
        get_or_create_person(rows, name.strip(), bio.strip())
    known = {name.split()[-1]: name for name, _ in guests} | {"Hallorand": "June Hallorand"}
    known |= {label: label.title() for label in transcript.speakers if label.isupper()}
    return known | ({"": guests[0][0]} if len(guests) == 1 else {})


def _mark_pull_quote(interview: Interview, quote: str) -> None:
    """Find the answer that contains `quote` and make its words the pull quote."""
    wanted = quote.split()
    for turn in interview.turns.filter(kind="answer"):
        words = turn.quotable_text.split()
        for at in range(len(words) - len(wanted) + 1):
            if words[at : at + len(wanted)] == wanted:
                turn.pull_from, turn.pull_to = at + 1, at + len(wanted)
                turn.save()
