from django.apps import AppConfig


class ReelRequestsConfig(AppConfig):
    name = "reelrequests"
    verbose_name = "Reel Requests"
