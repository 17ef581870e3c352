"""The demo is loaded in one transaction, and its removal deletes nothing else."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command

from cinemaclips.demo import load, remove
from cinemaclips.management.commands.setup import write_starters
from cinemaclips.models import DemoRow
from films.models import Film, Person
from magazine.models import Word
from photos.models import Photo
from reviews.models import Review
from tests.factories import make_film, make_person, make_review

KEPT_BY_DJANGO = {"contenttypes.contenttype", "auth.permission", "taggit.tag"}


def everything():
    return {
        model._meta.label_lower: model.objects.count()
        for model in apps.get_models()
        if model._meta.label_lower not in KEPT_BY_DJANGO
    }


def test_removing_takes_exactly_the_demo_away(db, settings, django_capture_on_commit_callbacks):
    """Records that existed before are used and kept; files are deleted with their rows."""
    write_starters()
    metropolis, lang = make_film(title="Metropolis", year=1927), make_person(name="Fritz Lang")
    Word.objects.add_from(make_review(slug="metropolis", film=make_film(title="Ours")).search_text)
    User.objects.create_user("editor")
    before = everything()
    load("a demo password")
    loaded = everything()
    assert load("another password") is False
    assert everything() == loaded != before
    masters = settings.MEDIA_ROOT / "masters"
    assert len(list(masters.iterdir())) == Photo.objects.count() == 50
    assert Review.objects.get(title="Metropolis").film == metropolis
    assert Review.objects.filter(slug="metropolis-2").exists()

    photo = Photo.objects.first()
    photo.ensure_rendition("square", photo.sizes("square")[0], "webp")
    with django_capture_on_commit_callbacks(execute=True):
        gone, kept = remove()
    assert everything() == before
    assert (gone > 500, kept) == (True, [])
    assert set(Film.objects.values_list("title", flat=True)) == {"Metropolis", "Ours"}
    assert list(Person.objects.all()) == [lang]
    assert list(masters.iterdir()) == [] and list(settings.RENDITIONS_ROOT.iterdir()) == []


def test_a_failed_load_leaves_no_rows_or_files(db, monkeypatch, settings):
    monkeypatch.setattr("cinemaclips.demo.loading._create_user", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load("a demo password")

    assert not DemoRow.objects.exists() and not Film.objects.exists()
    assert list((settings.MEDIA_ROOT / "masters").iterdir()) == []


def test_the_command_creates_and_keeps_the_login(db, monkeypatch, capsys, settings, tmp_path):
    settings.DATA_DIR, said = tmp_path, []
    monkeypatch.setattr(
        "cinemaclips.management.commands.demo.load", lambda password: said.append(password) or True
    )
    call_command("demo")
    call_command("demo")

    assert said == [(tmp_path / "demo_login").read_text()] * 2 and len(said[0]) >= 16
    assert (tmp_path / "demo_login").stat().st_mode & 0o077 == 0
    assert "The demo magazine is in." in capsys.readouterr().out
    assert str(DemoRow(content_type_id=1, object_id=3)).endswith("3")
