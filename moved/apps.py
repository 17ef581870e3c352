"""The app's name, as the desk prints it."""

from django.apps import AppConfig


class Moved(AppConfig):
    name = "moved"
    verbose_name = "Old addresses"
