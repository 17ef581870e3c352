from django.db import migrations

from magazine.search.index import build_index


class Migration(migrations.Migration):
    """The index that the database keeps by itself. A migration that rebuilds the article table ends with this too."""

    dependencies = [("magazine", "0001_initial")]

    operations = [migrations.RunPython(lambda apps, editor: build_index(), migrations.RunPython.noop)]
