"""docs/data-model.md agrees with the models."""

from django.core.management import call_command

from cinemaclips.data_model import data_model
from cinemaclips.management.commands import draw_models


def test_the_data_model_in_docs_is_up_to_date():
    assert draw_models.DATA_MODEL.read_text() == data_model(), "Run manage.py draw_models."


def test_the_command_writes_the_data_model(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(draw_models, "DATA_MODEL", tmp_path / "data-model.md")

    call_command("draw_models")

    written = (tmp_path / "data-model.md").read_text()
    assert (
        "    Article }o--|| Film : film\n" in written
        and "    Review ||--|| Article : article_ptr\n" in written
    )
    assert "data-model.md is written." in capsys.readouterr().out
