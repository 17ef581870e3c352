"""The app's name, as the desk prints it."""

from django.apps import AppConfig


class RedirectsConfig(AppConfig):
    name = "redirects"
    verbose_name = "Old addresses"
