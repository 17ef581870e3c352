"""Putting the demo magazine in, and taking exactly it away again."""

from datetime import timedelta
from itertools import groupby
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.text import slugify

from cinemaclips.demo.contests import DemoContests, delete_contest
from cinemaclips.demo.pictures import portrait, scene
from cinemaclips.demo.requests import DemoRequests
from cinemaclips.demo.sections import DRAWN_BY, DemoSections
from cinemaclips.demo.text_files import field_value, parse_record, read_rows, split_names, to_html
from cinemaclips.models import DemoRow
from films.fuzzy_match import unused_slug
from films.models import Credit, Film, Genre, Person
from interviews.importer import import_transcript
from interviews.models import Interview
from interviews.parser import parse
from magazine.models import Article, Byline, Contributor, Word
from photos.image_processing import process_image
from photos.models import Photo
from reviews.models import Review

HERE = Path(__file__).parent
DEMO_USER = "editor"
SCENE_ALTS = {
    "desert": "A camera on a tripod before red dunes and a low sun, drawn in flat colours.",
    "bench": "An editing bench with two reels and a strip of film in lamp light, drawn in flat colours.",
    "harmonium": "A harmonium before a red curtain, with five wine glasses on it, drawn in flat colours.",
    "booth": "A projector in a dark booth throwing its beam to the right, drawn in flat colours.",
}


class RowRecorder:
    """Makes rows and records them, so that `remove` knows them."""

    def __init__(self):
        self.made = []

    def record(self, row):
        self.made.append(row)
        return row

    def create(self, model, **fields):
        return self.record(model.objects.create(**fields))

    def save_records(self):
        kinds = ContentType.objects.get_for_models(*{type(row) for row in self.made})
        DemoRow.objects.bulk_create(
            DemoRow(content_type=kinds[type(row)], object_id=row.pk) for row in self.made
        )


def load(password):
    """
    The demo magazine with its one log-in; all of it or nothing. False if it is there already.

    Films and people that are in the library already are used as they are, and stay at `remove`.
    """
    if DemoRow.objects.exists():
        return False
    rows = RowRecorder()
    try:
        with transaction.atomic():
            _load_everything(rows, password, timezone.now())
    except BaseException:
        # The database forgets by itself; the disk does not.
        for row in rows.made:
            if isinstance(row, Photo):
                row.master.delete(save=False)
        raise
    return True


def _load_everything(rows, password, now):
    films = {f"{film.title} {film.year}": film for film in _create_films(rows)}
    people = _create_contributors(rows)
    for path in sorted((HERE / "reviews").glob("*.txt")):
        _create_review(rows, path, films, people, now)
    for path in sorted((HERE / "interviews").glob("*.txt")):
        _create_interview(rows, path, films, people, now)
    DemoSections(rows, films, people, now).fill()
    _create_user(rows, password)
    DemoContests(rows, now, get_user_model().objects.get(username=DEMO_USER)).fill()
    DemoRequests(rows, films, now).fill()
    _learn_words()
    rows.save_records()


@transaction.atomic
def remove():
    """
    Take away every row the demo made; what staff have built on since stays, with what it needs.

    Returns how many rows went, and the rows that had to stay.
    """
    rows = DemoRow.objects.select_related("content_type").order_by("-pk")
    for row in rows:
        if row.content_type.model == "contest":
            delete_contest(row.content_type.get_object_for_this_type(pk=row.object_id))
    remaining, gone = _remaining_objects(rows), 0
    while True:
        # What protected a row in one round may be gone by the next.
        kept = [obj for kind in _group_by_model(remaining) for obj in _delete_all_possible(kind)]
        gone += len(remaining) - len(kept)
        if len(kept) == len(remaining):
            break
        remaining = kept
    DemoRow.objects.all().delete()
    Word.objects.all().delete()
    _learn_words()
    return gone, [str(obj) for obj in kept]


def _learn_words():
    for text in Article.objects.values_list("search_text", flat=True):
        Word.objects.add_from(text)


def _remaining_objects(rows):
    """What the demo made and nobody has deleted since, what was made last first; a query for each kind."""
    pks_by_model = {}
    for row in rows:
        pks_by_model.setdefault(row.content_type.model_class(), []).append(row.object_id)
    found = {model: model.objects.in_bulk(pks) for model, pks in pks_by_model.items()}
    objects_left = [found[row.content_type.model_class()].get(row.object_id) for row in rows]
    return [obj for obj in objects_left if obj is not None]


def _group_by_model(objects_left):
    """Runs of objects of one model, in their order."""
    return [list(run) for _, run in groupby(objects_left, type)]


def _delete_all_possible(objects_left):
    """Those of one kind that had to stay. All go at once, if nothing needs any of them."""
    if not isinstance(objects_left[0], (Film, Person, Photo)):
        try:
            with transaction.atomic():
                type(objects_left[0]).objects.filter(pk__in=[obj.pk for obj in objects_left]).delete()
        except ProtectedError:
            pass
        else:
            return []
    return [obj for obj in objects_left if not _delete(obj)]


def _delete(obj):
    """Whether this row could go: nothing of the magazine's own needs it."""
    needed = isinstance(obj, Film) and (obj.mentioned_in.exists() or obj.pieces.exists())
    if needed or (isinstance(obj, Person) and (obj.mentioned_in.exists() or obj.interview_speakers.exists())):
        return False
    delete_files = obj.file_deleter() if isinstance(obj, Photo) else None
    try:
        with transaction.atomic():
            obj.delete()
    except ProtectedError:
        return False
    if delete_files:
        transaction.on_commit(delete_files)
    return True


def _unused_slug(model, text):
    """`text` as a slug that no row of `model` has."""
    return unused_slug(text, set(model.objects.values_list("slug", flat=True)), max_length=50)


def _create_films(rows):
    people, synopses = {}, dict(read_rows("synopses.txt"))
    for cells in read_rows("films.txt"):
        title, original, year, minutes, ratio, countries, genres, certificates, *credit_cells = cells
        film = Film.objects.filter(title=title, year=int(year)).first()
        if film is None:
            film = rows.create(
                Film,
                title=title,
                original_title=original,
                year=int(year),
                runtime=int(minutes),
                aspect_ratio=ratio,
                countries=countries,
                synopsis=synopses[f"{title} {year}"],
                certificates=certificates,
                slug=_unused_slug(Film, f"{title} {year}"),
            )
            film.genres.set(_get_or_create_genre(rows, name.strip()) for name in genres.split(","))
            _create_credits(rows, film, credit_cells, people)
        yield film


def _get_or_create_genre(rows, name):
    genre = Genre.objects.filter(slug=slugify(name)).first()
    return genre or rows.create(Genre, name=name, slug=slugify(name))


def _create_credits(rows, film, credit_cells, people):
    roles = [
        Credit.Role.DIRECTOR,
        Credit.Role.WRITER,
        Credit.Role.CAST,
        Credit.Role.PHOTOGRAPHY,
        Credit.Role.MUSIC,
    ]
    for role, cell in zip(roles, credit_cells, strict=True):
        for order, entry in enumerate(split_names(cell)):
            name, _, character = entry.partition("=")
            person = people.get(name) or _get_or_create_person(rows, name)
            people[name] = person
            Credit.objects.create(film=film, person=person, role=role, character=character, order=order)


def _get_or_create_person(rows, name, bio=""):
    person = Person.objects.filter(name=name).first()
    return person or rows.create(Person, name=name, slug=_unused_slug(Person, name), bio=bio)


def _create_photo(rows, source, alt, caption=""):
    photo = Photo(alt=alt, caption=caption, credit=DRAWN_BY, copyright="cinemaCLIPS")
    photo.set_image(process_image(source))
    photo.save()
    return rows.record(photo)


def _get_or_create_contributor(rows, name):
    contributor = Contributor.objects.filter(name=name).first()
    return contributor or rows.create(Contributor, name=name, slug=_unused_slug(Contributor, name))


def _create_contributors(rows):
    people = {}
    for number, (name, title, bio, disclosure) in enumerate(read_rows("contributors.txt")):
        contributor = _get_or_create_contributor(rows, name)
        contributor.title, contributor.bio, contributor.disclosure = title, bio, disclosure
        contributor.portrait = _create_photo(rows, portrait(number), f"{name}, drawn in flat colours.")
        contributor.save()
        people[name] = contributor
    return people


def _create_review(rows, path, films, people, now):
    fields, (text,) = parse_record(path.read_text())
    stars = field_value(fields, "stars")
    review = rows.create(
        Review,
        slug=_unused_slug(Review, path.stem),
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


def _create_interview(rows, path, films, people, now):
    fields, (text,) = parse_record(path.read_text())
    transcript = parse(text)
    guests = _create_guests(rows, fields, transcript)
    interview = rows.record(
        import_transcript(transcript, text, title=field_value(fields, "title"), names=guests)
    )
    interview.slug = _unused_slug(Interview, path.stem)
    interview.dek, interview.occasion = field_value(fields, "dek"), field_value(fields, "occasion")
    interview.place, interview.is_fiction = field_value(fields, "place"), True
    interview.held_on = timezone.localdate(now) - timedelta(days=int(field_value(fields, "held")))
    interview.published_at = now - timedelta(days=int(field_value(fields, "days")), hours=3)
    picture = field_value(fields, "photo")
    interview.lead_photo = _create_photo(rows, scene(picture), SCENE_ALTS[picture], "Drawn for the magazine.")
    interview.save()
    interview.tags.add(*field_value(fields, "tags").split(", "))
    interview.films.set(films[each] for each in split_names(field_value(fields, "films")))
    Byline.objects.create(article=interview, contributor=people["June Hallorand"])
    Byline.objects.create(article=interview, contributor=people[DRAWN_BY], role=Byline.Role.PHOTOS)
    _mark_pull_quote(interview, field_value(fields, "pull"))


def _create_guests(rows, fields, transcript):
    """The invented people of an interview, as records; their names in full, by label."""
    guests = [entry.split(" = ") for entry in split_names(field_value(fields, "people"))]
    for name, bio in guests:
        _get_or_create_person(rows, name.strip(), bio.strip())
    known = {name.split()[-1]: name for name, _ in guests} | {"Hallorand": "June Hallorand"}
    known |= {label: label.title() for label in transcript.speakers if label.isupper()}
    return known | ({"": guests[0][0]} if len(guests) == 1 else {})


def _mark_pull_quote(interview, quote):
    """Find the quote's words in an answer and pick their range."""
    wanted = quote.split()
    for turn in interview.turns.filter(kind="answer"):
        words = turn.quotable_text.split()
        for at in range(len(words) - len(wanted) + 1):
            if words[at : at + len(wanted)] == wanted:
                turn.pull_from, turn.pull_to = at + 1, at + len(wanted)
                turn.save()


def _create_user(rows, password):
    users = get_user_model().objects
    if not users.filter(username=DEMO_USER).exists():
        rows.record(users.create_superuser(DEMO_USER, password=password, first_name="Demo"))
