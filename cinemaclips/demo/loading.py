"""Creates the demo magazine."""

from datetime import datetime
from pathlib import Path
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cinemaclips.demo.contests import DemoContests
from cinemaclips.demo.pieces import DemoSource, create_interview, create_review
from cinemaclips.demo.records import create_contributors, create_films
from cinemaclips.demo.requests import DemoRequests
from cinemaclips.demo.rows import RowRecorder
from cinemaclips.demo.sections import DemoSections
from cinemaclips.demo.show import DemoShow
from cinemaclips.demo.trivia import DemoTrivia
from cinemaclips.demo.words import learn_words
from cinemaclips.models import DemoRow
from magazine.models import Article, Byline, Contributor
from magazine.sections import piece_sections
from photos.models import Photo

HERE = Path(__file__).parent
DEMO_USER = "editor"


def load(password: str) -> bool:
    """
    Create the demo magazine and its one log-in, in one transaction. Returns False if it exists already.

    Films and people that the magazine already has are used as they are, and `remove` keeps them.
    """
    if DemoRow.objects.exists():
        return False
    rows = RowRecorder()
    try:
        with transaction.atomic():
            _load_everything(rows, password, timezone.now())
    except BaseException:
        # The transaction rolls rows back, but not files.
        for row in rows.made:
            if isinstance(row, Photo):
                row.master.delete(save=False)
        raise
    return True


def _load_everything(rows: RowRecorder, password: str, now: datetime) -> None:
    films = {f"{film.title} {film.year}": film for film in create_films(rows)}
    people = create_contributors(rows)
    source = DemoSource(rows, films, people, now)
    for path in sorted((HERE / "reviews").glob("*.txt")):
        create_review(source, path)
    for path in sorted((HERE / "interviews").glob("*.txt")):
        create_interview(source, path)
    DemoSections(*source).fill()
    DemoShow(*source).fill()
    DemoTrivia(*source).fill()
    create_declared_pieces(rows, now)
    _create_user(rows, password)
    DemoContests(rows, now, User.objects.get(username=DEMO_USER)).fill()
    DemoRequests(rows, films, now).fill()
    learn_words()
    rows.save_records()


def create_declared_pieces(rows: RowRecorder, now: datetime) -> None:
    """
    Create the demo pieces that sections declare in their `section.py`, published at `now`.

    They are signed by the first contributor, where there is one.
    """
    writer = Contributor.objects.order_by("name").first()
    for section in piece_sections():
        for fields in section.demo_pieces:
            piece = rows.create(cast(type[Article], section.piece_model), published_at=now, **fields)
            if writer:
                Byline.objects.create(article=piece, contributor=writer, role=Byline.Role.WORDS)


def _create_user(rows: RowRecorder, password: str) -> None:
    users = User.objects
    if not users.filter(username=DEMO_USER).exists():
        rows.record(users.create_superuser(DEMO_USER, password=password, first_name="Demo"))
