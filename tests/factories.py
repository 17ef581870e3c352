"""
One function per model that creates a valid row; a test passes only the fields that it is about.
"""

import io
from datetime import timedelta
from itertools import count

from django.contrib.auth.models import Group, User
from django.utils import timezone
from PIL import Image

from about.models import Airing, Channel, Episode, Letter, Segment, Topic
from blog.models import Post
from contest import drawing, entering, freezing, opening
from contest.models import Contest, Entry, Prize, Region, Source
from dvdelighted.models import DiscReview
from fans import visitor_cookies
from fans.models import Fan, FanSession
from films.models import Credit, Film, Person, Release
from gallery.models import Album, Picture
from interviews.models import Interview, Speaker, Turn
from links.models import Category, Link
from magazine.models import Byline, Contributor
from magazine.roles import apply_roles
from photos.image_processing import process_image
from photos.models import Photo
from picks.models import Pick, PickList
from press.models import PressContact, PressRelease
from reelrequests import staff_actions
from reelrequests.models import Candidate, ReelRequest, Round, Vote
from reelrequests.vote_counts import recount as recount_people
from reviews.models import Review
from trivia import attempts
from trivia.models import Fact, Option, Player, Question, Quiz, QuizQuestion

sequence = count(1)


def yesterday():
    return timezone.now() - timedelta(days=1)


def tomorrow():
    return timezone.now() + timedelta(days=1)


def picture_file(size=(640, 400), colour="#336699", kind="JPEG", **save):
    """An image file as bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **save)
    return out.getvalue()


def make_photo(**fields):
    size = fields.pop("size", (640, 400))
    photo = Photo(**{"alt": "A door", "credit": "Amber Kelley"} | fields)
    photo.set_image(process_image(picture_file(size)))
    photo.save()
    return photo


def make_film(**fields):
    n = next(sequence)
    return Film.objects.create(**{"title": f"Film {n}", "slug": f"film-{n}", "year": 1950} | fields)


def make_person(**fields):
    n = next(sequence)
    return Person.objects.create(**{"name": f"Person {n}", "slug": f"person-{n}"} | fields)


def make_credit(**fields):
    fields.setdefault("film", None) or fields.update(film=make_film())
    fields.setdefault("person", None) or fields.update(person=make_person())
    return Credit.objects.create(**fields)


def make_contributor(**fields):
    n = next(sequence)
    return Contributor.objects.create(**{"name": f"Critic {n}", "slug": f"critic-{n}"} | fields)


def _with_byline(piece, author):
    Byline.objects.create(article=piece, contributor=author or make_contributor())
    return piece


def make_review(author=None, **fields):
    n = next(sequence)
    defaults = {
        "title": f"Review {n}",
        "slug": f"review-{n}",
        "verdict": "It was dark, and then it was light.",
        "how_seen": Review.HowSeen.TICKET,
        "half_stars": 7,
        "body": "<p>It was dark.</p>",
        "published_at": yesterday(),
    }
    if "film" not in fields:
        defaults["film"] = make_film()
    return _with_byline(Review.objects.create(**defaults | fields), author)


def make_interview(author=None, answers=("We waited for the light.",), **fields):
    n = next(sequence)
    defaults = {
        "title": f"Interview {n}",
        "slug": f"interview-{n}",
        "dek": "Two people talk.",
        "body": "<p>They meet.</p>",
        "published_at": yesterday(),
    }
    interview = _with_byline(Interview.objects.create(**defaults | fields), author)
    interviewer = Speaker.objects.create(
        interview=interview, name="cinemaCLIPS", short_name="CLIPS", is_interviewer=True
    )
    guest = Speaker.objects.create(
        interview=interview, name="Dolores Marsh", short_name="Marsh", person=make_person()
    )
    make_turn(interview, interviewer, "question", "Why the desert?")
    for answer in answers:
        make_turn(interview, guest, "answer", answer)
    interview.add_speakers_to_people()
    interview.index()
    return interview


def make_release(**fields):
    fields.setdefault("film", None) or fields.update(film=make_film())
    return Release.objects.create(**{"format": "bluray"} | fields)


def make_disc_review(author=None, **fields):
    n = next(sequence)
    film = fields.pop("film", None) or make_film()
    release = fields.pop("release", None) or make_release(film=film)
    defaults = {
        "title": f"Disc {n}", "slug": f"disc-{n}", "verdict": "It shines.", "how_seen": "own_disc",
        "half_stars": 8, "transfer": "<p>Sharp.</p>", "published_at": yesterday(), "film": release.film,
    }  # fmt: skip
    return _with_byline(DiscReview.objects.create(release=release, **defaults | fields), author)


def make_album(author=None, photos=None, **fields):
    n = next(sequence)
    defaults = {"title": f"Album {n}", "slug": f"album-{n}", "dek": "Doors.", "published_at": yesterday()}
    album = _with_byline(Album.objects.create(**defaults | fields), author)
    for order, photo in enumerate([make_photo()] if photos is None else photos):
        Picture.objects.create(album=album, photo=photo, order=order)
    album.choose_cover()
    album.index()
    return album


def make_contact(**fields):
    return PressContact.objects.create(
        **{"name": "Nora Tamblyn", "phone": "+1 480 555 0134", "email": "press@example.com"} | fields
    )


def make_press_release(author=None, **fields):
    n = next(sequence)
    defaults = {
        "title": f"Release {n}", "slug": f"release-{n}", "dek": "We announce.", "body": "<p>Now.</p>",
        "published_at": yesterday(), "contact": fields.get("contact") or make_contact(),
    }  # fmt: skip
    return PressRelease.objects.create(**defaults | fields)


def make_pick_list(author=None, films=None, **fields):
    n = next(sequence)
    defaults = {"title": f"List {n}", "slug": f"list-{n}", "dek": "Ten.", "published_at": yesterday()}
    film = fields.pop("film", None)
    picks = _with_byline(PickList.objects.create(**defaults | fields), author)
    for position, each in enumerate(films or [film or make_film()], 1):
        Pick.objects.create(list=picks, film=each, position=position, note="See it.")
    picks.update_picks_and_films()
    picks.index()
    return picks


def make_quiz(author=None, questions=None, **fields):
    """A published quiz with these questions, or with three new ones."""
    n = next(sequence)
    defaults = {"title": f"Quiz {n}", "slug": f"quiz-{n}", "dek": "Three.", "published_at": yesterday()}
    quiz = _with_byline(Quiz.objects.create(**defaults | fields), author)
    asked = questions or [make_question(text=f"Question {each} of quiz {n}?") for each in (1, 2, 3)]
    for order, question in enumerate(asked, 1):
        QuizQuestion.objects.create(quiz=quiz, question=question, order=order)
    quiz.index()
    return quiz


def make_player(nickname="", **fields):
    """A player; one with a nickname is shown on leaderboards."""
    return Player.objects.create(nickname=nickname, nickname_status="shown" if nickname else "", **fields)


def play_through(player, quiz, right=0):
    """An attempt at `quiz`, of whose questions the first `right` are answered right, the others passed over."""
    attempt = attempts.begin(player, quiz)
    while asked := attempts.serve_next_question(attempt):
        key = ",".join(str(option.pk) for option in asked.question.options.all() if option.is_right)
        attempts.store_answer(attempt, asked, key if asked.position <= right else "")
    return attempt


def make_post(author=None, **fields):
    n = next(sequence)
    defaults = {
        "title": f"Post {n}", "slug": f"post-{n}", "dek": "A note.", "body": "<p>Noted.</p>",
        "published_at": yesterday(),
    }  # fmt: skip
    return _with_byline(Post.objects.create(**defaults | fields), author)


def make_channel(**fields):
    n = next(sequence)
    return Channel.objects.create(**{"name": f"Channel {n}", "zone": "America/Denver"} | fields)


def make_episode(author=None, airs=None, **fields):
    n = next(sequence)
    defaults = {
        "title": f"Episode {n}",
        "slug": f"episode-{n}",
        "dek": "On air.",
        "published_at": yesterday(),
    }
    film = fields.pop("film", None)
    episode = Episode.objects.create(**defaults | fields)
    if author:
        _with_byline(episode, author)
    Segment.objects.create(episode=episode, title="The film", film=film)
    episode.add_films_and_people()
    episode.index()
    if airs:
        Airing.objects.create(episode=episode, channel=make_channel(), starts_at=airs)
    return episode


def make_link(**fields):
    n = next(sequence)
    if "category" not in fields:
        fields["category"] = Category.objects.create(name=f"Category {n}", slug=f"category-{n}", order=n)
    defaults = {"title": f"Link {n}", "url": f"https://example.com/{n}", "note": "Worth it."}
    return Link.objects.create(**defaults | fields)


def make_turn(interview, speaker, kind, text, **fields):
    return Turn.objects.create(
        interview=interview, speaker=speaker, kind=kind, order=next(sequence), text=f"<p>{text}</p>", **fields
    )


def make_staff(role="editor", **fields):
    """A user with a role at the desk."""
    if not Group.objects.filter(
        name=role
    ).exists():  # the flush after a test with transactions has deleted the roles
        apply_roles()
    n = next(sequence)
    user = User.objects.create_user(f"staff-{n}", password="a long password", is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def make_writer():
    """A user with the role of a contributor, and the contributor whose log-in it is."""
    user = make_staff("contributor")
    return user, make_contributor(user=user)


def make_fact(**fields):
    """A fact that was checked today."""
    defaults = {"text": "It rained.", "source": "The film itself.", "checked_on": timezone.localdate()}
    if fields.get("checked_on", True) and "checked_by" not in fields:
        defaults["checked_by"] = make_contributor()
    if not fields.get("person"):
        defaults["film"] = fields.get("film") or make_film()
    return Fact.objects.create(**defaults | fields)


def make_question(right="Fritz Lang", wrong=("F. W. Murnau", "G. W. Pabst"), **fields):
    """A live question with these answers; without wrong ones it is of the kind "typed"."""
    defaults = {"text": "Who directed M?", "status": "live", "kind": "choice" if wrong else "typed"}
    question = Question.objects.create(**defaults | fields)
    for order, text in enumerate([right, *wrong], 1):
        Option.objects.create(question=question, text=text, is_right=text == right, order=order)
    return question


def make_fan(email="fan@example.com"):
    """A fan with this confirmed e-mail address."""
    Fan.objects.confirm(email, timezone.now())
    return Fan.objects.get(email=email)


def fan_cookie(email="fan@example.com", mailed_at=None, started_at=None):
    """The value of the cookie of a browser in which the button behind a mail to this address was pressed."""
    now = timezone.now()
    session = FanSession.objects.create(
        fan=make_fan(email), mailed_at=mailed_at or now, started_at=started_at or now
    )
    return visitor_cookies.FAN_PURPOSE.sign(session.key)


def make_letter(**fields):
    topic, _ = Topic.objects.get_or_create(name="Other", slug="other", forward_to="desk@example.com")
    return Letter.objects.create(**{"topic": topic, "text": "Hello."} | fields)


def make_region(code="US-AZ", name="Arizona", country="United States", **fields):
    return Region.objects.get_or_create(code=code, defaults={"name": name, "country": country} | fields)[0]


def make_contest(opened=True, **fields):
    """An open contest with complete terms; `prizes` is the number of discs to be won."""
    n, now = next(sequence), timezone.now().replace(microsecond=0)
    prizes, regions = fields.pop("prizes", 1), fields.pop("regions", None)
    value, sources = fields.pop("value", 20), fields.pop("sources", None)
    opens_at = fields.get("opens_at", now - timedelta(days=2))
    closes_at = fields.get("closes_at", now + timedelta(days=10))
    defaults = {
        "title": f"Contest {n}",
        "slug": f"contest-{n}",
        "draw_id": f"dvd-{n}",
        "dek": "Win a disc.",
        "published_at": opens_at - timedelta(days=1),
        "opens_at": opens_at,
        "closes_at": closes_at,
        "sponsor": "J-R Enterprises",
        "sponsor_postal_address": "Box 1998, Tempe, Arizona",
        "cards_received_by": (closes_at + timedelta(days=1)).date(),
        "entries_deleted_on": (closes_at + timedelta(days=90)).date(),
        "winners_deleted_on": (closes_at + timedelta(days=400)).date(),
    }
    contest = Contest.objects.create(**defaults | fields)
    contest.regions.set(regions or [make_region()])
    release = Release.objects.create(film=make_film(title=f"Prize film {n}"), format="dvd")
    Prize.objects.create(contest=contest, release=release, quantity=prizes, value=value)
    for game, at in sources or [("drand", closes_at + timedelta(days=3))]:
        Source.objects.create(contest=contest, game=game, drawn_at=at)
    contest = Contest.objects.with_terms().get(pk=contest.pk)
    if opened and opens_at <= now:
        opening.record_opening(contest, opens_at)
    return contest


def make_entry(contest, email=None, confirmed=True, **fields):
    """A confirmed entry from the contest's first region."""
    n = next(sequence)
    now = fields.pop("at", timezone.now())
    entry = Entry(
        contest=contest, form_token=f"token {n}", name=fields.pop("name", f"Fan {n}"), email=email or f"fan{n}@example.com",
        region=contest.regions.first(), sent_at=now, **fields,
    )  # fmt: skip
    entry = entering.submit_entry(contest, entry)
    return entering.confirm_entry(entry, now) if confirmed else entry


def make_request(shown=True, votes=0, **fields):
    """A request that readers can see, with this number of confirmed votes."""
    n, now = next(sequence), timezone.now()
    request = ReelRequest.objects.create(
        **{"title": f"Request {n}", "submission_hash": f"token {n}"} | fields
    )
    for each in range(votes):
        make_vote(request, f"fan{each}@example.com", recount=False)
    if shown:
        staff_actions.show(request, "", now)
    recount_people(request)
    return request


def make_vote(request, email=None, browser="", confirmed=True, recount=True):
    """A vote for a request: of a confirmed address, or of a browser."""
    now = timezone.now()
    vote = Vote.objects.create(
        request=request,
        email=f"fan{next(sequence)}@example.com" if email is None and not browser else email or "",
        browser=browser,
        confirmed_at=now if confirmed and not (browser and not email) else None,
    )
    if recount:
        recount_people(request)
    return vote


def make_round(*requests, **fields):
    """A round that is open, with these requests on its list."""
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    voting_round = Round.objects.create(**{"title": "The vote"} | times | fields)
    for order, request in enumerate(requests):
        Candidate.objects.create(round=voting_round, request=request, order=order)
    return voting_round


def make_drawn(many=5, **fields):
    """A drawn contest with this number of entries, whose beacon was published within this hour."""
    now = timezone.now().replace(microsecond=0)
    defaults = {"opens_at": now - timedelta(days=20), "closes_at": now - timedelta(days=5)}
    user = fields.pop("by", None) or make_staff("administrator")
    sources = [("drand", now)]
    emails = fields.pop("emails", [f"fan{n}@example.com" for n in range(many)])
    contest = make_contest(sources=sources, **defaults | fields)
    for email in emails:
        make_entry(contest, email, at=contest.closes_at - timedelta(days=1))
    freezing.freeze(contest, now - timedelta(days=2))
    for _ in range(2):
        drawing.record_reading(contest, ["ab" * 32], user, now, second_reader=False)
    return Contest.objects.with_terms().get(pk=contest.pk)
