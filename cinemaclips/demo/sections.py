"""Putting the demo's sections in: discs, albums, releases, picks, links, blog posts, episodes, trivia."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import slugify

from about.models import Airing, Channel, Episode, Segment
from blog.models import Post, Series
from cinemaclips.demo.drawings import ALT_TEXTS, draw_motif
from cinemaclips.demo.text_files import field_value, read_records, read_rows, split_names, to_html
from dvdelighted.models import DiscReview
from films.models import Genre, Person, Release
from gallery.models import Album, Picture
from links.models import Category, Link
from magazine.models import Article, Byline
from photos.image_processing import process_image
from photos.models import Photo
from picks.models import Ballot, Choice, Pick, PickList, WeeklyPick
from press.models import KitPhoto, Mention, PressContact, PressRelease
from trivia import attempts, question_selection
from trivia.formats.parsed import kind_of
from trivia.models import Fact, Option, Player, Question, Quiz, QuizQuestion

DRAWN_BY = "Sam Brightwater"
EDITION_NOTE = "The edition is invented for this sample."
REGULARS = ["Row F", "The Usherette", "Reel Two", "Matinee", "Balcony 12", "Last Tram", "Intermission"]


class DemoSections:
    """Fills every section. `rows` notes what it makes; `films` and `people` are those of the demo, by name."""

    def __init__(self, rows, films, people, now):
        self.rows, self.films, self.people, self.now = rows, films, people, now

    def fill(self):
        """Everything, in an order in which later rooms can point at earlier ones."""
        for load_section in (
            self.load_discs,
            self.load_coming,
            self.load_albums,
            self.load_posts,
            self.load_press,
            self.load_lists,
        ):
            load_section()
        for load_section in (
            self.load_weekly,
            self.load_links,
            self.load_episodes,
            self.load_facts,
            self.load_questions,
        ):
            load_section()
        self.load_quizzes()
        self.load_players()

    def _create_piece(self, model, slug, fields, hours, **more):
        """A published piece with its dek and tags."""
        piece = self.rows.create(
            model,
            slug=slug,
            title=field_value(fields, "title"),
            dek=field_value(fields, "dek"),
            published_at=self.now - timedelta(days=int(field_value(fields, "days")), hours=hours),
            **more,
        )
        piece.tags.add(*filter(None, field_value(fields, "tags").split(", ")))
        return piece

    def _sign(self, piece, name, role=Byline.Role.WORDS):
        Byline.objects.create(article=piece, contributor=self.people[name], role=role)

    def _date_in(self, days):
        return timezone.localdate(self.now) + timedelta(days=int(days))

    def load_discs(self):
        for number, (fields, (film_text, transfer, supplements)) in enumerate(read_records("discs.txt")):
            film = self.films[field_value(fields, "film")]
            release = self.rows.create(
                Release,
                film=film,
                **{
                    name: field_value(fields, name) for name in ("format", "edition", "distributor", "region")
                },
                street_date=self._date_in(field_value(fields, "street")),
                discs=int(field_value(fields, "discs")),
                aspect_ratio=field_value(fields, "aspect"),
                picture=field_value(fields, "picture"),
                sound=field_value(fields, "sound"),
                subtitles=field_value(fields, "subtitles"),
                runtime=int(field_value(fields, "runtime")),
                list_price=Decimal(field_value(fields, "price")),
                extras="\n".join(fields.get("extras", [])),
                barcode=barcode(number + 1),
            )
            parts = ("film_half_stars", "picture_half_stars", "sound_half_stars", "extras_half_stars")
            ratings = dict(zip(parts, map(int, field_value(fields, "parts").split()), strict=True))
            disc = self._create_piece(
                DiscReview, field_value(fields, "slug"), fields, 5, film=film, release=release,
                verdict=field_value(fields, "verdict"), half_stars=int(field_value(fields, "stars")), **ratings,
                how_seen=field_value(fields, "how"), how_seen_note=EDITION_NOTE, spoils=bool(field_value(fields, "spoils")),
                body=to_html(film_text), transfer=to_html(transfer), supplements=to_html(supplements),
            )  # fmt: skip
            self._sign(disc, field_value(fields, "critic"))

    def load_coming(self):
        for film, format, edition, distributor, days, price in read_rows("coming_discs.txt"):
            self.rows.create(
                Release, film=self.films[film], format=format, edition=edition, distributor=distributor,
                street_date=self._date_in(days), list_price=Decimal(price),
            )  # fmt: skip

    def load_albums(self):
        for slug, title, by, days, motif, many, dek, film in read_rows("albums.txt"):
            fields = {"title": [title], "days": [days], "dek": [dek], "tags": ["drawings"]}
            album = self._create_piece(Album, slug, fields, 6)
            self._sign(album, by, Byline.Role.PHOTOS)
            self._sign(album, by)
            for number in range(int(many)):
                photo = self._create_drawing(motif, number, f"{title}: number {number + 1} of {many}.")
                Picture.objects.create(album=album, photo=photo, order=number * 10, film=self.films.get(film))
            album.choose_cover()
            album.add_films_and_people()
            album.index()

    def _create_drawing(self, motif, number, caption):
        photo = Photo(
            alt=ALT_TEXTS[motif], caption=caption, credit=DRAWN_BY, copyright="cinemaCLIPS",
            press_use=number < 2,
        )  # fmt: skip
        photo.set_image(process_image(draw_motif(motif, number)))
        photo.save()
        return self.rows.record(photo)

    def load_posts(self):
        for fields, (text,) in read_records("posts.txt"):
            name, kind = field_value(fields, "series"), field_value(fields, "kind", Post.Kind.ENTRY)
            post = self._create_piece(
                Post, field_value(fields, "slug"), fields, 4, kind=kind, said_by=field_value(fields, "said"),
                series=self._get_or_create_series(name) if name else None, body=to_html(text),
            )  # fmt: skip
            post.films.set(self.films[each] for each in split_names(field_value(fields, "films")))
            self._sign(post, field_value(fields, "by"))

    def _get_or_create_series(self, name):
        series = Series.objects.filter(name=name).first()
        return series or self.rows.create(Series, name=name, slug=slugify(name))

    def load_press(self):
        contact = self.rows.create(
            PressContact, name="Nora Tamblyn", title="Editor", phone="+1 480 555 0134",
            email="press@example.com", hours="Weekdays, 9 to 5, Arizona time",
        )  # fmt: skip
        for fields, (text,) in read_records("releases.txt"):
            release = self._create_piece(
                PressRelease, field_value(fields, "slug"), fields, 7, contact=contact
            )
            release.dateline, release.body = field_value(fields, "dateline"), to_html(text)
            release.save()
        for outlet, headline, quote, author, days, url, archived in read_rows("mentions.txt"):
            self.rows.create(
                Mention, outlet=outlet, headline=headline, quote=quote, author=author,
                published_on=self._date_in(-int(days)), url=url, archived_url=archived,
            )  # fmt: skip
        for place, photo in enumerate(Photo.objects.filter(press_use=True).order_by("pk")[:6]):
            self.rows.create(KitPhoto, photo=photo, order=place)

    def load_lists(self):
        for fields, (text,) in read_records("lists.txt"):
            picks = self._create_piece(
                PickList, field_value(fields, "slug"), fields, 8, list_kind=field_value(fields, "order")
            )
            picks.body = to_html(text)
            picks.save()
            self._sign(picks, field_value(fields, "by"))
            self._create_picks(picks, fields)
            picks.update_picks_and_films()
            picks.index()

    def _create_picks(self, picks, fields):
        chosen = fields.get("pick", []) + fields.get("note", [])
        for position, line in enumerate(chosen, 1):
            film, note = line.split(" = ")
            Pick.objects.create(list=picks, film=self.films[film], position=position, note=note)
        for line in fields.get("ballot", []):
            name, films = line.split(" = ")
            ballot = Ballot.objects.create(list=picks, contributor=self.people[name])
            for rank, film in enumerate(split_names(films), 1):
                Choice.objects.create(ballot=ballot, film=self.films[film], rank=rank)

    def load_weekly(self):
        for film, by, days, note, where in read_rows("weekly.txt"):
            self.rows.create(
                WeeklyPick, film=self.films[film], contributor=self.people[by], note=note, where_to_see=where,
                starts_on=self._date_in(days), ends_on=self._date_in(int(days) + 6),
            )  # fmt: skip

    def load_links(self):
        for place, (heading, title, url, note) in enumerate(read_rows("links.txt")):
            category = Category.objects.filter(name=heading).first() or self.rows.create(
                Category, name=heading, slug=slugify(heading), order=place
            )
            if not Link.objects.filter(url=url).exists():
                self.rows.create(Link, category=category, title=title, url=url, note=note)

    def load_facts(self):
        """Each checked by one of the staff, a few days apart."""
        staff = list(self.people.values())
        for number, (film, person, text, source, spoils) in enumerate(read_rows("facts.txt")):
            self.rows.create(
                Fact, film=self.films[film], person=Person.objects.filter(name=person).first(), text=text,
                source=source, spoils=spoils == "yes", checked_by=staff[number % len(staff)],
                checked_on=self._date_in(-number // 3),
            )  # fmt: skip

    def load_questions(self):
        """Live questions, each with the review to read on where there is one."""
        reviews = {piece.film_id: piece for piece in Article.objects.filter(section="reviews")}
        options = []
        for film, difficulty, text, right, wrong, explanation, source in read_rows("questions.txt"):
            ordered = wrong == "in order"
            correct, others, film = (
                split_names(right),
                [] if ordered else split_names(wrong),
                self.films[film],
            )
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

    def load_quizzes(self):
        """By a rule, or all questions of a kind; the rule chooses when the demo comes in."""
        for fields, (text,) in read_records("quizzes.txt"):
            parts = (part.split("=") for part in split_names(field_value(fields, "rule")))
            rule = {name: int(value) if value.isdigit() else value for name, value in parts}
            rule["genre"] = Genre.objects.filter(name=rule.get("genre")).first()
            rule["filmmaker"] = Person.objects.filter(name=rule.get("filmmaker")).first()
            rule["selection"] = Quiz.Selection.HAND if "kind" in fields else Quiz.Selection.RULE
            quiz = self._create_piece(
                Quiz, field_value(fields, "slug"), fields, 8, body=to_html(text), **rule
            )
            self._sign(quiz, field_value(fields, "by"))
            if "kind" in fields:
                asked = Question.objects.filter(kind=field_value(fields, "kind")).order_by("pk")
                QuizQuestion.objects.bulk_create(
                    QuizQuestion(quiz=quiz, question=each, order=order) for order, each in enumerate(asked, 1)
                )
            else:
                question_selection.fill_by_rule(quiz)

    def load_players(self):
        """A few regulars with their nicknames, who have played some quizzes by the dice."""
        dice = Random(1998)  # noqa: S311 - the same regulars every time
        for number, name in enumerate(REGULARS):
            player = self.rows.create(Player, nickname=name, nickname_status=Player.NicknameStatus.SHOWN)
            for quiz in Quiz.objects.order_by("-published_at")[: 1 + number % 3]:
                self._play_quiz(player, quiz, dice, 0.9 - number * 0.06)

    def _play_quiz(self, player, quiz, dice, skill):
        attempt = attempts.begin(player, quiz)
        for _ in range(attempt.question_count):
            asked = attempts.serve_next_question(attempt)
            options = list(asked.question.options.all())
            key = [option.pk for option in options if option.is_right]
            if asked.question.kind == Question.Kind.ORDER:
                key = [option.pk for option in options]
            chosen = key if dice.random() < skill else [dice.choice(options).pk]
            typed = asked.question.kind == Question.Kind.TYPED
            submitted = options[0].text if typed else ",".join(map(str, chosen))
            attempts.store_answer(attempt, asked, submitted)

    def load_episodes(self):
        channels = [self._create_channel(cells) for cells in read_rows("channels.txt")]
        for slug, title, season, number, days, dek, segments in read_rows("episodes.txt"):
            fields = {"title": [title], "days": [days], "dek": [dek], "tags": ["the show"]}
            episode = self._create_piece(Episode, slug, fields, 9, season=int(season), number=int(number))
            for order, entry in enumerate(split_names(segments)):
                name, _, path = entry.partition(" =")
                Segment.objects.create(
                    episode=episode, order=order, title=name, article=_article_at(path.strip())
                )
            episode.add_films_and_people()
            episode.index()
            for weeks, (channel, at, weekday) in enumerate(channels):
                Airing.objects.create(
                    episode=episode,
                    channel=channel,
                    starts_at=self._air_time(channel, at, weekday, 4 + weeks * 3 - int(days)),
                )

    def _create_channel(self, cells):
        name, coverage_area, zone, at, weekday = cells
        return (
            self.rows.create(Channel, name=name, coverage_area=coverage_area, zone=zone),
            time.fromisoformat(at),
            int(weekday),
        )

    def _air_time(self, channel, at, weekday, days):
        """The first `weekday` on or after that many days from today, at this hour on the channel's clock."""
        day = self._date_in(days)
        day += timedelta(days=(weekday - day.weekday()) % 7)
        return datetime.combine(day, at, ZoneInfo(channel.zone))


def _article_at(path):
    """The piece at a path such as reviews/metropolis, or None."""
    section, _, slug = path.partition("/")
    return Article.objects.filter(section=section, slug=slug).first()


def barcode(number):
    """A UPC that no shop uses, with its check digit right."""
    stem = f"00000000{number:03}"
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(stem))
    return f"{stem}{-weighted % 10}"
