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

from cinemaclips.demo.contests import Contests, take_away
from cinemaclips.demo.pictures import portrait, scene
from cinemaclips.demo.requests import Requests
from cinemaclips.demo.rooms import DRAWN_BY, Rooms
from cinemaclips.demo.texts import lines, names, one, paragraphs, read
from cinemaclips.models import DemoRow
from films.fuzzy_match import unused_slug
from films.models import Credit, Film, Genre, Person
from interviews.intake import take_in
from interviews.models import Interview
from interviews.transcript import parse
from magazine.models import Article, Byline, Contributor, Word
from photos.image_processing import process_image
from photos.models import Photo
from reviews.models import Review

HERE = Path(__file__).parent
DEMO_USER = "editor"
ALTS = {
    "desert": "A camera on a tripod before red dunes and a low sun, drawn in flat colours.",
    "bench": "An editing bench with two reels and a strip of film in lamp light, drawn in flat colours.",
    "harmonium": "A harmonium before a red curtain, with five wine glasses on it, drawn in flat colours.",
    "booth": "A projector in a dark booth throwing its beam to the right, drawn in flat colours.",
}


class Rows:
    """Makes rows and notes them, so that `remove` knows them."""

    def __init__(self):
        self.made = []

    def note(self, row):
        self.made.append(row)
        return row

    def create(self, model, **fields):
        return self.note(model.objects.create(**fields))

    def write_down(self):
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
    rows = Rows()
    try:
        with transaction.atomic():
            _everything(rows, password, timezone.now())
    except BaseException:
        # The database forgets by itself; the disk does not.
        for row in rows.made:
            if isinstance(row, Photo):
                row.master.delete(save=False)
        raise
    return True


def _everything(rows, password, now):
    films = {f"{film.title} {film.year}": film for film in _films(rows)}
    people = _contributors(rows)
    for path in sorted((HERE / "reviews").glob("*.txt")):
        _review(rows, path, films, people, now)
    for path in sorted((HERE / "interviews").glob("*.txt")):
        _interview(rows, path, films, people, now)
    Rooms(rows, films, people, now).fill()
    _user(rows, password)
    Contests(rows, now, get_user_model().objects.get(username=DEMO_USER)).fill()
    Requests(rows, films, now).fill()
    _learn_words()
    rows.write_down()


@transaction.atomic
def remove():
    """
    Take away every row the demo made; what staff have built on since stays, with what it needs.

    Returns how many rows went, and the rows that had to stay.
    """
    rows = DemoRow.objects.select_related("content_type").order_by("-pk")
    for row in rows:
        if row.content_type.model == "contest":
            take_away(row.content_type.get_object_for_this_type(pk=row.object_id))
    waiting, gone = _still_there(rows), 0
    while True:
        # What protected a row in one round may be gone by the next.
        kept = [thing for kind in _by_kind(waiting) for thing in _kept_of(kind)]
        gone += len(waiting) - len(kept)
        if len(kept) == len(waiting):
            break
        waiting = kept
    DemoRow.objects.all().delete()
    Word.objects.all().delete()
    _learn_words()
    return gone, [str(thing) for thing in kept]


def _learn_words():
    for text in Article.objects.values_list("search_text", flat=True):
        Word.objects.add_from(text)


def _still_there(rows):
    """What the demo made and nobody has deleted since, what was made last first; a query for each kind."""
    numbers = {}
    for row in rows:
        numbers.setdefault(row.content_type.model_class(), []).append(row.object_id)
    found = {model: model.objects.in_bulk(of_it) for model, of_it in numbers.items()}
    things = [found[row.content_type.model_class()].get(row.object_id) for row in rows]
    return [thing for thing in things if thing is not None]


def _by_kind(things):
    """Runs of things of one kind, in their order."""
    return [list(run) for _, run in groupby(things, type)]


def _kept_of(things):
    """Those of one kind that had to stay. All go at once, if nothing needs any of them."""
    if not isinstance(things[0], (Film, Person, Photo)):
        try:
            with transaction.atomic():
                type(things[0]).objects.filter(pk__in=[thing.pk for thing in things]).delete()
        except ProtectedError:
            pass
        else:
            return []
    return [thing for thing in things if not _taken_away(thing)]


def _taken_away(thing):
    """Whether this row could go: nothing of the magazine's own needs it."""
    needed = isinstance(thing, Film) and (thing.mentioned_in.exists() or thing.pieces.exists())
    if needed or (isinstance(thing, Person) and (thing.mentioned_in.exists() or thing.speaking.exists())):
        return False
    forget = thing.file_deleter() if isinstance(thing, Photo) else None
    try:
        with transaction.atomic():
            thing.delete()
    except ProtectedError:
        return False
    if forget:
        transaction.on_commit(forget)
    return True


def _slug(model, text):
    """`text` as a slug that no row of `model` has."""
    return unused_slug(text, set(model.objects.values_list("slug", flat=True)), max_length=50)


def _films(rows):
    people, synopses = {}, dict(lines("synopses.txt"))
    for cells in lines("films.txt"):
        title, original, year, minutes, ratio, countries, genres, certificates, *who = cells
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
                slug=_slug(Film, f"{title} {year}"),
            )
            film.genres.set(_genre(rows, name.strip()) for name in genres.split(","))
            _credits(rows, film, who, people)
        yield film


def _genre(rows, name):
    genre = Genre.objects.filter(slug=slugify(name)).first()
    return genre or rows.create(Genre, name=name, slug=slugify(name))


def _credits(rows, film, who, people):
    roles = [
        Credit.Role.DIRECTOR,
        Credit.Role.WRITER,
        Credit.Role.CAST,
        Credit.Role.PHOTOGRAPHY,
        Credit.Role.MUSIC,
    ]
    for role, cell in zip(roles, who, strict=True):
        for order, entry in enumerate(names(cell)):
            name, _, character = entry.partition("=")
            person = people.get(name) or _person(rows, name)
            people[name] = person
            Credit.objects.create(film=film, person=person, role=role, character=character, order=order)


def _person(rows, name, bio=""):
    person = Person.objects.filter(name=name).first()
    return person or rows.create(Person, name=name, slug=_slug(Person, name), bio=bio)


def _photo(rows, source, alt, caption=""):
    photo = Photo(alt=alt, caption=caption, credit=DRAWN_BY, copyright="cinemaCLIPS")
    photo.set_image(process_image(source))
    photo.save()
    return rows.note(photo)


def _contributor(rows, name):
    contributor = Contributor.objects.filter(name=name).first()
    return contributor or rows.create(Contributor, name=name, slug=_slug(Contributor, name))


def _contributors(rows):
    people = {}
    for number, (name, title, bio, disclosure) in enumerate(lines("contributors.txt")):
        contributor = _contributor(rows, name)
        contributor.title, contributor.bio, contributor.disclosure = title, bio, disclosure
        contributor.portrait = _photo(rows, portrait(number), f"{name}, drawn in flat colours.")
        contributor.save()
        people[name] = contributor
    return people


def _review(rows, path, films, people, now):
    fields, (text,) = read(path.read_text())
    stars = one(fields, "stars")
    review = rows.create(
        Review,
        slug=_slug(Review, path.stem),
        title=one(fields, "title"),
        dek=one(fields, "dek"),
        verdict=one(fields, "verdict"),
        half_stars=int(stars) if stars else None,
        film=films[one(fields, "film")],
        body=paragraphs(text),
        how_seen=one(fields, "how"),
        content_checked=True,
        content_notes="\n".join(fields.get("notes", [])),
        pros="\n".join(fields.get("pros", [])),
        cons="\n".join(fields.get("cons", [])),
        published_at=now - timedelta(days=int(one(fields, "days")), hours=2),
    )
    review.tags.add(*one(fields, "tags").split(", "))
    Byline.objects.create(article=review, contributor=people[one(fields, "critic")])


def _interview(rows, path, films, people, now):
    fields, (text,) = read(path.read_text())
    transcript = parse(text)
    guests = _guests(rows, fields, transcript)
    interview = rows.note(take_in(transcript, text, title=one(fields, "title"), names=guests))
    interview.slug = _slug(Interview, path.stem)
    interview.dek, interview.occasion = one(fields, "dek"), one(fields, "occasion")
    interview.place, interview.is_fiction = one(fields, "place"), True
    interview.held_on = timezone.localdate(now) - timedelta(days=int(one(fields, "held")))
    interview.published_at = now - timedelta(days=int(one(fields, "days")), hours=3)
    picture = one(fields, "photo")
    interview.lead_photo = _photo(rows, scene(picture), ALTS[picture], "Drawn for the magazine.")
    interview.save()
    interview.tags.add(*one(fields, "tags").split(", "))
    interview.films.set(films[each] for each in names(one(fields, "films")))
    Byline.objects.create(article=interview, contributor=people["June Hallorand"])
    Byline.objects.create(article=interview, contributor=people[DRAWN_BY], role=Byline.Role.PHOTOS)
    _pull(interview, one(fields, "pull"))


def _guests(rows, fields, transcript):
    """The invented people of an interview, as records; their names in full, by label."""
    guests = [entry.split(" = ") for entry in names(one(fields, "people"))]
    for name, bio in guests:
        _person(rows, name.strip(), bio.strip())
    known = {name.split()[-1]: name for name, _ in guests} | {"Hallorand": "June Hallorand"}
    known |= {label: label.title() for label in transcript.speakers if label.isupper()}
    return known | ({"": guests[0][0]} if len(guests) == 1 else {})


def _pull(interview, quote):
    """Find the quote's words in an answer and pick their range."""
    wanted = quote.split()
    for turn in interview.turns.filter(kind="answer"):
        words = turn.words.split()
        for at in range(len(words) - len(wanted) + 1):
            if words[at : at + len(wanted)] == wanted:
                turn.pull_from, turn.pull_to = at + 1, at + len(wanted)
                turn.save()


def _user(rows, password):
    users = get_user_model().objects
    if not users.filter(username=DEMO_USER).exists():
        rows.note(users.create_superuser(DEMO_USER, password=password, first_name="Demo"))
