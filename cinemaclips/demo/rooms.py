"""Putting the demo's rooms in: discs, albums, releases, picks, links, blog posts, episodes, trivia."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import slugify

from about.models import Airing, Channel, Episode, Segment
from blog.models import Post, Series
from cinemaclips.demo.drawings import SHOWN, drawing
from cinemaclips.demo.texts import lines, names, one, paragraphs, records
from dvdelighted.models import DiscReview
from films.models import Genre, Person, Release
from gallery.models import Album, Picture
from links.models import Category, Link
from magazine.models import Article, Byline
from photos.image_processing import process_image
from photos.models import Photo
from picks.models import Ballot, Choice, Pick, PickList, WeeklyPick
from press.models import KitPhoto, Mention, PressContact, PressRelease
from trivia import attempts, choosing
from trivia.formats.parsed import kind_of
from trivia.models import Fact, Option, Place, Player, Question, Quiz

DRAWN_BY = "Sam Brightwater"
SAMPLE = "The edition is invented for this sample."
REGULARS = ["Row F", "The Usherette", "Reel Two", "Matinee", "Balcony 12", "Last Tram", "Intermission"]


class Rooms:
    """Fills every room. `rows` notes what it makes; `films` and `people` are those of the demo, by name."""

    def __init__(self, rows, films, people, now):
        self.rows, self.films, self.people, self.now = rows, films, people, now

    def fill(self):
        """Everything, in an order in which later rooms can point at earlier ones."""
        for each in (self.discs, self.coming, self.albums, self.posts, self.press, self.lists):
            each()
        for each in (self.weekly, self.links, self.episodes, self.facts, self.questions):
            each()
        self.quizzes()
        self.players()

    def _piece(self, model, slug, fields, hours, **more):
        """A published piece with its dek and tags."""
        piece = self.rows.create(
            model,
            slug=slug,
            title=one(fields, "title"),
            dek=one(fields, "dek"),
            published_at=self.now - timedelta(days=int(one(fields, "days")), hours=hours),
            **more,
        )
        piece.tags.add(*filter(None, one(fields, "tags").split(", ")))
        return piece

    def _by(self, piece, name, role=Byline.Role.WORDS):
        Byline.objects.create(article=piece, contributor=self.people[name], role=role)

    def _day(self, days):
        return timezone.localdate(self.now) + timedelta(days=int(days))

    def discs(self):
        for number, (fields, (film_text, transfer, supplements)) in enumerate(records("discs.txt")):
            film = self.films[one(fields, "film")]
            release = self.rows.create(
                Release,
                film=film,
                **{name: one(fields, name) for name in ("format", "edition", "distributor", "region")},
                street_date=self._day(one(fields, "street")),
                discs=int(one(fields, "discs")),
                aspect_ratio=one(fields, "aspect"),
                picture=one(fields, "picture"),
                sound=one(fields, "sound"),
                subtitles=one(fields, "subtitles"),
                runtime=int(one(fields, "runtime")),
                list_price=Decimal(one(fields, "price")),
                extras="\n".join(fields.get("extras", [])),
                barcode=barcode(number + 1),
            )
            parts = ("film_half_stars", "picture_half_stars", "sound_half_stars", "extras_half_stars")
            ratings = dict(zip(parts, map(int, one(fields, "parts").split()), strict=True))
            disc = self._piece(
                DiscReview, one(fields, "slug"), fields, 5, film=film, release=release,
                verdict=one(fields, "verdict"), half_stars=int(one(fields, "stars")), **ratings,
                how_seen=one(fields, "how"), how_seen_note=SAMPLE, spoils=bool(one(fields, "spoils")),
                body=paragraphs(film_text), transfer=paragraphs(transfer), supplements=paragraphs(supplements),
            )  # fmt: skip
            self._by(disc, one(fields, "critic"))

    def coming(self):
        for film, format, edition, distributor, days, price in lines("coming_discs.txt"):
            self.rows.create(
                Release, film=self.films[film], format=format, edition=edition, distributor=distributor,
                street_date=self._day(days), list_price=Decimal(price),
            )  # fmt: skip

    def albums(self):
        for slug, title, by, days, motif, many, dek, film in lines("albums.txt"):
            fields = {"title": [title], "days": [days], "dek": [dek], "tags": ["drawings"]}
            album = self._piece(Album, slug, fields, 6)
            self._by(album, by, Byline.Role.PHOTOS)
            self._by(album, by)
            for number in range(int(many)):
                photo = self._drawn(motif, number, f"{title}: number {number + 1} of {many}.")
                Picture.objects.create(album=album, photo=photo, order=number * 10, film=self.films.get(film))
            album.choose_cover()
            album.gather()
            album.index()

    def _drawn(self, motif, number, caption):
        photo = Photo(
            alt=SHOWN[motif], caption=caption, credit=DRAWN_BY, copyright="cinemaCLIPS",
            press_use=number < 2,
        )  # fmt: skip
        photo.set_image(process_image(drawing(motif, number)))
        photo.save()
        return self.rows.note(photo)

    def posts(self):
        for fields, (text,) in records("posts.txt"):
            name, kind = one(fields, "series"), one(fields, "kind", Post.Kind.ENTRY)
            post = self._piece(
                Post, one(fields, "slug"), fields, 4, kind=kind, said_by=one(fields, "said"),
                series=self._series(name) if name else None, body=paragraphs(text),
            )  # fmt: skip
            post.films.set(self.films[each] for each in names(one(fields, "films")))
            self._by(post, one(fields, "by"))

    def _series(self, name):
        series = Series.objects.filter(name=name).first()
        return series or self.rows.create(Series, name=name, slug=slugify(name))

    def press(self):
        contact = self.rows.create(
            PressContact, name="Nora Tamblyn", title="Editor", phone="+1 480 555 0134",
            email="press@example.com", hours="Weekdays, 9 to 5, Arizona time",
        )  # fmt: skip
        for fields, (text,) in records("releases.txt"):
            release = self._piece(PressRelease, one(fields, "slug"), fields, 7, contact=contact)
            release.dateline, release.body = one(fields, "dateline"), paragraphs(text)
            release.save()
        for outlet, headline, quote, author, days, url, archived in lines("mentions.txt"):
            self.rows.create(
                Mention, outlet=outlet, headline=headline, quote=quote, author=author,
                printed_on=self._day(-int(days)), url=url, archived_url=archived,
            )  # fmt: skip
        for place, photo in enumerate(Photo.objects.filter(press_use=True).order_by("pk")[:6]):
            self.rows.create(KitPhoto, photo=photo, order=place)

    def lists(self):
        for fields, (text,) in records("lists.txt"):
            picks = self._piece(PickList, one(fields, "slug"), fields, 8, order=one(fields, "order"))
            picks.body = paragraphs(text)
            picks.save()
            self._by(picks, one(fields, "by"))
            self._pick(picks, fields)
            picks.gather()
            picks.index()

    def _pick(self, picks, fields):
        chosen = fields.get("pick", []) + fields.get("note", [])
        for place, line in enumerate(chosen, 1):
            film, note = line.split(" = ")
            Pick.objects.create(list=picks, film=self.films[film], place=place, note=note)
        for line in fields.get("ballot", []):
            name, films = line.split(" = ")
            ballot = Ballot.objects.create(list=picks, contributor=self.people[name])
            for rank, film in enumerate(names(films), 1):
                Choice.objects.create(ballot=ballot, film=self.films[film], rank=rank)

    def weekly(self):
        for film, by, days, note, where in lines("weekly.txt"):
            self.rows.create(
                WeeklyPick, film=self.films[film], contributor=self.people[by], note=note, where=where,
                starts_on=self._day(days), ends_on=self._day(int(days) + 6),
            )  # fmt: skip

    def links(self):
        for place, (heading, title, url, note) in enumerate(lines("links.txt")):
            category = Category.objects.filter(name=heading).first() or self.rows.create(
                Category, name=heading, slug=slugify(heading), order=place
            )
            if not Link.objects.filter(url=url).exists():
                self.rows.create(Link, category=category, title=title, url=url, note=note)

    def facts(self):
        """Each checked by one of the staff, a few days apart."""
        staff = list(self.people.values())
        for number, (film, person, text, source, spoils) in enumerate(lines("facts.txt")):
            self.rows.create(
                Fact, film=self.films[film], person=Person.objects.filter(name=person).first(), text=text,
                source=source, spoils=spoils == "yes", checked_by=staff[number % len(staff)],
                checked_on=self._day(-number // 3),
            )  # fmt: skip

    def questions(self):
        """Live questions, each with the review to read on where there is one."""
        reviews = {piece.film_id: piece for piece in Article.objects.filter(section="reviews")}
        options = []
        for film, difficulty, text, right, wrong, explanation, source in lines("questions.txt"):
            ordered = wrong == "in order"
            correct, others, film = names(right), [] if ordered else names(wrong), self.films[film]
            kind = kind_of([*correct, *others] if others else [], correct)
            question = self.rows.create(
                Question, kind=Question.Kind.ORDER if ordered else kind, text=text,
                explanation=explanation, film=film, piece=reviews.get(film.pk), difficulty=int(difficulty),
                source=source, status=Question.Status.LIVE,
            )  # fmt: skip
            answers = correct if others == [] else sorted([*correct, *others])
            options += [
                Option(question=question, text=each, is_right=each in correct, order=number)
                for number, each in enumerate(answers, 1)
            ]
        Option.objects.bulk_create(options)

    def quizzes(self):
        """By a rule, or all questions of a kind; the rule chooses when the demo comes in."""
        for fields, (text,) in records("quizzes.txt"):
            parts = (part.split("=") for part in names(one(fields, "rule")))
            rule = {name: int(value) if value.isdigit() else value for name, value in parts}
            rule["genre"] = Genre.objects.filter(name=rule.get("genre")).first()
            rule["maker"] = Person.objects.filter(name=rule.get("maker")).first()
            rule["choosing"] = Quiz.Choosing.HAND if "kind" in fields else Quiz.Choosing.RULE
            quiz = self._piece(Quiz, one(fields, "slug"), fields, 8, body=paragraphs(text), **rule)
            self._by(quiz, one(fields, "by"))
            if "kind" in fields:
                asked = Question.objects.filter(kind=one(fields, "kind")).order_by("pk")
                Place.objects.bulk_create(
                    Place(quiz=quiz, question=each, order=order) for order, each in enumerate(asked, 1)
                )
            else:
                choosing.fill(quiz)

    def players(self):
        """A few regulars with their nicknames, who have played some quizzes by the dice."""
        dice = Random(1998)  # noqa: S311 - the same regulars every time
        for number, name in enumerate(REGULARS):
            player = self.rows.create(Player, nickname=name, naming=Player.Naming.SHOWN)
            for quiz in Quiz.objects.order_by("-published_at")[: 1 + number % 3]:
                self._play(player, quiz, dice, 0.9 - number * 0.06)

    def _play(self, player, quiz, dice, skill):
        attempt = attempts.begin(player, quiz)
        for _ in range(attempt.asked):
            asked = attempts.open_question(attempt)
            options = list(asked.question.options.all())
            key = [option.pk for option in options if option.is_right]
            if asked.question.kind == Question.Kind.ORDER:
                key = [option.pk for option in options]
            given = key if dice.random() < skill else [dice.choice(options).pk]
            typed = asked.question.kind == Question.Kind.TYPED
            said = options[0].text if typed else ",".join(map(str, given))
            attempts.take(attempt, asked, said)

    def episodes(self):
        channels = [self._channel(cells) for cells in lines("channels.txt")]
        for slug, title, season, number, days, dek, segments in lines("episodes.txt"):
            fields = {"title": [title], "days": [days], "dek": [dek], "tags": ["the show"]}
            episode = self._piece(Episode, slug, fields, 9, season=int(season), number=int(number))
            for order, entry in enumerate(names(segments)):
                name, _, address = entry.partition(" =")
                Segment.objects.create(episode=episode, order=order, title=name, article=_at(address.strip()))
            episode.gather()
            episode.index()
            for weeks, (channel, at, weekday) in enumerate(channels):
                Airing.objects.create(
                    episode=episode,
                    channel=channel,
                    starts_at=self._broadcast(channel, at, weekday, 4 + weeks * 3 - int(days)),
                )

    def _channel(self, cells):
        name, place, zone, at, weekday = cells
        return (
            self.rows.create(Channel, name=name, place=place, zone=zone),
            time.fromisoformat(at),
            int(weekday),
        )

    def _broadcast(self, channel, at, weekday, days):
        """The first `weekday` on or after that many days from today, at this hour on the channel's clock."""
        day = self._day(days)
        day += timedelta(days=(weekday - day.weekday()) % 7)
        return datetime.combine(day, at, ZoneInfo(channel.zone))


def _at(address):
    """The piece at an address such as reviews/metropolis, or None."""
    section, _, slug = address.partition("/")
    return Article.objects.filter(section=section, slug=slug).first()


def barcode(number):
    """A UPC that no shop uses, with its check digit right."""
    stem = f"00000000{number:03}"
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(stem))
    return f"{stem}{-weighted % 10}"
