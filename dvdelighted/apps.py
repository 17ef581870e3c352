"""The section's configuration, with its name in the admin."""

from django.apps import AppConfig


class DVDelighted(AppConfig):
    name = "dvdelighted"
    verbose_name = "DVDelighted"
