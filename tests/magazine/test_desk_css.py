"""The stylesheet of the admin: it names columns of the admin, which must exist."""

import re

from django.conf import settings
from django.contrib import admin


def test_the_stylesheet_names_columns_that_the_admin_has():
    stylesheet = (settings.BASE_DIR / "static/desk/desk.css").read_text()
    styled = set(re.findall(r"\.field-(\w+)", stylesheet)) - {"", "__str__"}
    columns = {
        str(name)
        for model_admin in admin.site._registry.values()
        for name in (*model_admin.list_display, *model_admin.readonly_fields)
    }

    assert styled and styled <= columns, styled - columns
