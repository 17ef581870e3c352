"""The WSGI application that gunicorn runs."""

import os

from django.core.wsgi import get_wsgi_application

from cinemaclips.code_loading import load_code

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinemaclips.settings")

# A form is answered within three seconds, even if another writer holds the database for longer.
os.environ.setdefault("DATABASE_WAIT", "2.5")

application = get_wsgi_application()
load_code()
