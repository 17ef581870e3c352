"""Fixtures for Chromium. If it is not installed, these tests are skipped with a message; with CI=true they fail."""

import os
import shutil

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.conftest import copy_database

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Playwright's event loop runs in this thread, and the tests query the database synchronously.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        message = "No Chromium is installed (apt-get install chromium): browser tests did not run."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def demo_site(live_server, transactional_db, settings, first_run):
    """The address of a site with the demo in it, as the first run has loaded it."""
    connection.ensure_connection()
    copy_database(first_run.folder / "db.sqlite3", connection.connection)
    shutil.copytree(first_run.folder / "media", settings.MEDIA_ROOT)
    User.objects.update(password=make_password("a demo password"))
    return live_server.url


@pytest.fixture
def visit(chromium):
    """Open a page in a new browser context; `page.console_messages` collects errors of the browser."""
    contexts = []

    def open_page(url, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.console_messages = []
        page.on("console", lambda message: page.console_messages.append(message.text))
        page.on("pageerror", lambda error: page.console_messages.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
