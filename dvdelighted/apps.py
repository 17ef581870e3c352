"""The room's name, as the desk prints it."""

from django.apps import AppConfig


class DVDelighted(AppConfig):
    name = "dvdelighted"
    verbose_name = "DVDelighted"
