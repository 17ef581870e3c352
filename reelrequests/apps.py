from django.apps import AppConfig


class Room(AppConfig):
    name = "reelrequests"
    verbose_name = "Reel Requests"
