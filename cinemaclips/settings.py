"""
Settings for the magazine, read from top to bottom.

Without any environment variable the site runs in production mode over plain http, on this machine only.
`SITE_URL=https://…` turns on everything that needs https; `DEBUG=1` is for development.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from js_asset import static_lazy

from cinemaclips.email_url import checked_sender, mailer_from_url
from cinemaclips.environment import addresses, one_of, whole_number
from cinemaclips.headers import READERS_CSP, add_file_policy
from cinemaclips.logging import logging_config
from cinemaclips.postgresql import server_database
from cinemaclips.secret_key import read_or_create_secret

BASE_DIR = Path(__file__).resolve().parent.parent

# Addresses: where the site runs.

DEBUG = os.environ.get("DEBUG") == "1"
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var"))
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
SITE_URL = os.environ.get("SITE_URL", f"http://{HOST}:{PORT}").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
IS_LOOPBACK = SITE_HOST in ("localhost", "127.0.0.1", "::1")
# A public site answers to its own name only. One that listens at every address of the machine, without a
# name of its own, answers to this machine.
IS_PUBLIC = not IS_LOOPBACK and SITE_HOST not in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
ALLOWED_HOSTS = [SITE_HOST] if IS_PUBLIC else sorted({SITE_HOST, "localhost", "127.0.0.1", "[::1]"})
# Server processes, of four threads each.
WEB_PROCESSES = whole_number("WEB_PROCESSES", min(os.cpu_count() or 1, 4))
# The number of proxies in front of the server; each adds an address to X-Forwarded-For.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "1" if HTTPS else "0"))
SECRET_KEY = os.environ.get("SECRET_KEY") or read_or_create_secret(DATA_DIR / "secret_key")
ROOT_URLCONF = "cinemaclips.urls"
APPEND_SLASH = False  # redirects.middleware appends it, and only if there is a page at that URL
WSGI_APPLICATION = "cinemaclips.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Apps: sections first, in the order of the nav, then the ground floor (docs/architecture.md).

INSTALLED_APPS = [
    "cinemaclips.apps.CinemaclipsConfig",
    "reviews",
    "interviews",
    "trivia",
    "dvdelighted",
    "contest",
    "reelrequests",
    "gallery",
    "press",
    "picks",
    "links",
    "blog",
    "about",
    "magazine",
    "films",
    "photos",
    "fans",
    "redirects",
    "cinemaclips.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_prose_editor",
    "cinemaclips.apps.TagsConfig",
]

MIDDLEWARE = [
    "cinemaclips.request_ids.RequestIdMiddleware",
    "cinemaclips.metrics.MetricsMiddleware",
    "cinemaclips.headers.SecurityHeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cinemaclips.probes.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cinemaclips.page_cache.PageCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cinemaclips.outage_middleware.SavedPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "redirects.middleware.RedirectMiddleware",
    "cinemaclips.personal_responses.PersonalResponseMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cinemaclips.site_context.site_context",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
TAGGIT_CASE_INSENSITIVE = True
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("magazine/prose.js")],
        "extensions": dict.fromkeys(
            ["Spoiler", "LibraryPhoto", "FilmCard", "CleanPaste"], "magazine.markup.allow_nothing_more"
        ),
    }
]

# Files and the database.

# How many seconds a writer waits for the others. A reader's form gets its answer in time (wsgi.py).
DATABASE_WAIT = float(os.environ.get("DATABASE_WAIT", "10"))
SQLITE_DATABASES = {
    "default": {
        "ENGINE": "cinemaclips.sqlite",
        "NAME": DATA_DIR / "db.sqlite3",
        # IMMEDIATE takes the write lock when a transaction begins: a second writer then waits
        # its turn instead of failing halfway with "database is locked".
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": DATABASE_WAIT},
        "CONN_MAX_AGE": None,
    }
}
# DATABASE_URL=postgresql://… runs the same code on PostgreSQL.
DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": server_database(DATABASE_URL, DATABASE_WAIT)} if DATABASE_URL else SQLITE_DATABASES
# Cached pages are kept in the memory of each process, about ten kilobytes each. DEBUG renders each page anew.
PAGE_CACHE = not DEBUG
# The last good copy of each public page, for readers while the database cannot be used.
SAVED_PAGES = None if DEBUG else DATA_DIR / "saved_pages"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    }
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
RENDITIONS_ROOT = DATA_DIR / "prints"
CARDS_ROOT = DATA_DIR / "cards"
# Backups; a folder on another disk is better. A site that only this machine can reach makes none by itself.
BACKUP_ROOT = Path(os.environ.get("BACKUP_ROOT", DATA_DIR / "backups"))
BACKS_UP = not IS_LOOPBACK or "BACKUP_ROOT" in os.environ
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ADD_HEADERS_FUNCTION = add_file_policy
# Mail goes to the server that EMAIL_URL names; a site on https needs one (cinemaclips/checks.py). Without it,
# a site that only this machine can reach writes mail to a folder and shows it at /mailbox/, and a site at any
# other address without https prints it to the console.
EMAIL_URL = os.environ.get("EMAIL_URL", "")
IS_LOCAL = not HTTPS and IS_LOOPBACK
MAILBOX = DATA_DIR / "mailbox" if IS_LOCAL and not EMAIL_URL else None
UNSENT_MAILER = {
    "BACKEND": "fans.mailbox.EmailBackend" if MAILBOX else "django.core.mail.backends.console.EmailBackend"
}
SMTP_MAILER = mailer_from_url(EMAIL_URL) if EMAIL_URL else {"BACKEND": "fans.smtp.EmailBackend"}
MAILERS = {"default": SMTP_MAILER if EMAIL_URL or HTTPS else UNSENT_MAILER}
# How many mails an hour go to addresses that anybody has typed into a form; more than that waits.
UNCONFIRMED_MAILS_PER_HOUR = whole_number("UNCONFIRMED_MAILS_PER_HOUR", 1_000)
DEFAULT_FROM_EMAIL = checked_sender(os.environ.get("MAIL_FROM", f"cinemaCLIPS <magazine@{SITE_HOST}>"))

# Time zone and language. The zone is that of the television station; every time on a page names it.

TIME_ZONE = os.environ.get("TIME_ZONE", "America/Phoenix")
USE_TZ = True
LANGUAGE_CODE = "en-us"

# Staff log in at the desk, /desk/.

LOGIN_URL = "admin:login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "cinemaclips.password_rules.ContextWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 3_600  # seconds
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a long roundtable: some 200 turns of 12 fields

# Logging to standard error, without personal data: JSON for a log collector on a public site, else lines.

LOG_FORMAT = one_of("LOG_FORMAT", ["json", "line"], "json" if HTTPS else "line")
LOGGING = logging_config(LOG_FORMAT, log_requests=os.environ.get("LOG_REQUESTS") == "1")

# Errors of all processes go into a file, from which the worker mails each kind of error to these addresses.

ERROR_SPOOL = DATA_DIR / "errors.jsonl"
ERRORS_TO = addresses("ERRORS_TO")

# Monitors that send this token see details at /readyz, and the metrics for Prometheus at /metrics.

MONITORING_TOKEN = os.environ.get("MONITORING_TOKEN", "")
METRICS_ROOT = DATA_DIR / "metrics"
if MONITORING_TOKEN:  # prometheus_client reads it when it is imported
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(METRICS_ROOT))

# Security headers (cinemaclips/headers.py) and cookies.

SECURE_CSP = READERS_CSP
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Browsers refuse a cookie of this name that another host, or a page without https, tries to set.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
