"""The topics a new magazine starts with; staff change them and say whose mailbox each goes to."""

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
    """Enter the starter topics, once: when there is no topic at all."""
    if not Topic.objects.exists():
        Topic.objects.bulk_create(
            Topic(slug=slug, name=name, forward_to=f"letters@{_mail_host()}", order=order)
            for order, (slug, name) in enumerate(DEFAULT_TOPICS.items())
        )


def _mail_host() -> str:
    """A host that can stand in an address: a bare IP address cannot."""
    host = settings.SITE_HOST or "localhost"
    return host if not host.replace(".", "").isdigit() else "localhost.localdomain"
