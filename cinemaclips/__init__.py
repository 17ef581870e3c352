"""The project package: settings, URLs, front page, search, feeds, and what else joins the sections."""
