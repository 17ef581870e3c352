"""All views and templates are loaded at once, and a template that cannot be used is named."""

import pytest
from django.template import TemplateSyntaxError, engines

from cinemaclips.code_loading import load_code, load_template


def test_everything_that_we_have_can_be_loaded():
    load_code()
    loaders = engines["django"].engine.template_loaders
    kept = {str(template) for loader in loaders for template in loader.get_template_cache}
    assert len(kept) > 100


def test_a_template_that_cannot_be_used_is_named(settings, tmp_path):
    (tmp_path / "broken.html").write_text("{% no_such_tag %}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    with pytest.raises(TemplateSyntaxError, match="The template broken.html cannot be used: .*no_such_tag"):
        load_template("broken.html")
