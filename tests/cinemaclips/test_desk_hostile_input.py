"""Every form of the desk with unexpected input: it is saved or refused, and never causes a server error."""

import pytest
from django import forms
from django.contrib.admin.sites import site
from django.urls import reverse

from tests.factories import make_staff

# Letters come from readers (tests/about/test_contact.py), puzzles from the worker (tests/trivia/test_reel.py).
NOT_WRITTEN = {"article", "group", "user", "letter", "puzzle", "player", "flag", "mail", "consent", "entry"}
NOT_WRITTEN |= {"reelrequest", "guess"}  # these come from readers, too: tests/reelrequests
NOT_WRITTEN |= {"errorgroup"}  # from the worker: tests/cinemaclips/test_error_reports.py
MODELS = [model for model in site._registry if model._meta.model_name not in NOT_WRITTEN]
ODD = ["", "x" * 6_000, "\0", "\ud83c\udfac".encode("utf-16", "surrogatepass").decode("utf-16"), "-1", "9" * 25,
       "<script>alert(1)</script>", "' OR 1=1 --", "2026-13-45", "../../etc/passwd", "NaN", "\u202eevil", "0"]  # fmt: skip


def typed(fields):
    """The fields in which one types; fields with a list of choices are left out."""
    return [name for name, field in fields.items() if not isinstance(field, forms.ModelChoiceField)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_any_input_is_handled_by_every_form(client, db, model, subtests):
    client.force_login(make_staff("administrator", is_superuser=True))
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    page = client.get(address)
    names = typed(page.context["adminform"].form.fields)
    names += [f"{name}_{part}" for name in names for part in (0, 1)]
    counts = {}
    for inline in page.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        names += [f"{prefix}-0-{name}" for name in typed(inline.formset.empty_form.fields)]
        counts |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}

    for odd in ODD:
        with subtests.test(odd[:20]):
            assert client.post(address, dict.fromkeys(names, odd) | counts).status_code in (200, 302)


@pytest.mark.parametrize("odd", ODD)
def test_any_search_is_handled_by_every_list(client, db, odd):
    client.force_login(make_staff("administrator", is_superuser=True))
    for path in ("/desk/films/film/", "/desk/reviews/review/", "/desk/photos/photo/", "/desk/links/link/"):
        assert client.get(path, {"q": odd}).status_code in (200, 302)
    for path in ("/search/", "/search/suggest/", "/reviews/", "/dvdelighted/", "/blog/", "/tags/"):
        names = ("q", "page", "rating", "year", "genre", "critic", "section", "person", "format")
        assert client.get(path, dict.fromkeys(names, odd)).status_code == 200
