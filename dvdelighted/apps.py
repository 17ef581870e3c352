"""The section's name at the desk."""

from django.apps import AppConfig


class DVDelighted(AppConfig):
    name = "dvdelighted"
    verbose_name = "DVDelighted"
