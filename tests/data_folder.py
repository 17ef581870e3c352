"""Gives the tests a data folder of their own. Imported before the settings are."""

import os
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="cinemaclips-test-")
os.mkdir(os.path.join(os.environ["DATA_DIR"], "static"))
for name in ("DEBUG", "HOST", "PORT", "SITE_URL", "SECRET_KEY", "TIME_ZONE"):
    os.environ.pop(name, None)
