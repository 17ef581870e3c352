"""Takes exactly the demo magazine away again."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import cast

from django.db import models, transaction
from django.db.models import ProtectedError

from cinemaclips.demo.contests import delete_contest
from cinemaclips.demo.words import learn_words
from cinemaclips.models import DemoRow
from contest.models import Contest
from films.models import Film, Person
from magazine.models import Word
from photos.models import Photo


@transaction.atomic
def remove() -> tuple[int, list[str]]:
    """
    Take away every row the demo made; what staff have built on since stays, with what it needs.

    Returns how many rows went, and the rows that had to stay.
    """
    rows = DemoRow.objects.select_related("content_type").order_by("-pk")
    for row in rows:
        if row.content_type.model == "contest":
            delete_contest(Contest.objects.get(pk=row.object_id))
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
    learn_words()
    return gone, [str(obj) for obj in kept]


def _remaining_objects(rows: Iterable[DemoRow]) -> list[models.Model]:
    """What the demo made and nobody has deleted since, what was made last first; a query for each kind."""
    pks_by_model: dict[type[models.Model], list[int]] = {}
    for row in rows:
        pks_by_model.setdefault(_model_of(row), []).append(row.object_id)
    found = {model: model._default_manager.in_bulk(pks) for model, pks in pks_by_model.items()}
    objects_left = [found[_model_of(row)].get(row.object_id) for row in rows]
    return [obj for obj in objects_left if obj is not None]


def _model_of(row: DemoRow) -> type[models.Model]:
    """The model of a recorded row. All models of the demo are installed, so that there is one."""
    return cast(type[models.Model], row.content_type.model_class())


def _group_by_model(objects_left: Sequence[models.Model]) -> list[list[models.Model]]:
    """Runs of objects of one model, in their order."""
    return [list(run) for _, run in groupby(objects_left, type)]


def _delete_all_possible(objects_left: Sequence[models.Model]) -> list[models.Model]:
    """Those of one kind that had to stay. All go at once, if nothing needs any of them."""
    if not isinstance(objects_left[0], (Film, Person, Photo)):
        try:
            with transaction.atomic():
                type(objects_left[0])._default_manager.filter(
                    pk__in=[obj.pk for obj in objects_left]
                ).delete()
        except ProtectedError:
            pass
        else:
            return []
    return [obj for obj in objects_left if not _delete(obj)]


def _delete(obj: models.Model) -> bool:
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
