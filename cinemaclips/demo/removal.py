"""Deletes the demo magazine and nothing else."""

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
    Delete every row that the demo created, except those that rows of the magazine's own need.

    Returns the number of deleted rows, and the descriptions of those that were kept.
    """
    rows = DemoRow.objects.select_related("content_type").order_by("-pk")
    for row in rows:
        if row.content_type.model == "contest":
            delete_contest(Contest.objects.get(pk=row.object_id))
    remaining, gone = _remaining_objects(rows), 0
    while True:
        # The row that protected another one may be deleted by now.
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
    """The rows of the demo that still exist, the latest first; one query per model."""
    pks_by_model: dict[type[models.Model], list[int]] = {}
    for row in rows:
        pks_by_model.setdefault(_model_of(row), []).append(row.object_id)
    found = {model: model._default_manager.in_bulk(pks) for model, pks in pks_by_model.items()}
    objects_left = [found[_model_of(row)].get(row.object_id) for row in rows]
    return [obj for obj in objects_left if obj is not None]


def _model_of(row: DemoRow) -> type[models.Model]:
    """The model of a recorded row."""
    return cast(type[models.Model], row.content_type.model_class())


def _group_by_model(objects_left: Sequence[models.Model]) -> list[list[models.Model]]:
    """The objects in their order, with neighbours of one model in one list."""
    return [list(run) for _, run in groupby(objects_left, type)]


def _delete_all_possible(objects_left: Sequence[models.Model]) -> list[models.Model]:
    """
    Delete objects of one model, all at once if nothing protects any of them, else one by one.

    Returns those that could not be deleted.
    """
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
    """Delete `obj` unless a row of the magazine's own needs it. Returns whether it was deleted."""
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
