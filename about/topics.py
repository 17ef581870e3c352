"""The topics that a new magazine starts with; staff edit them and set the address of each."""

from django.conf import settings

from about.models import Topic

DEFAULT_TOPICS = {
    "corrections": "A mistake on the site",
    "reviews": "A review or an interview",
    "show": "The show",
    "links": "A link",
    "accessibility": "Something keeps me out",
    "privacy": "What you hold about me",
    "other": "Something else",
}


def create_defaults() -> None:
    """Create the starter topics if there is no topic yet."""
    if not Topic.objects.exists():
        Topic.objects.bulk_create(
            Topic(slug=slug, name=name, forward_to=f"letters@{_mail_host()}", order=order)
            for order, (slug, name) in enumerate(DEFAULT_TOPICS.items())
        )


def _mail_host() -> str:
    """The site's host name for e-mail addresses, in which a bare IP address is not allowed."""
    host = str(settings.SITE_HOST)
    return host if not host.replace(".", "").isdigit() else "localhost.localdomain"
