from django.urls import path

from reelrequests.views import asking, leaving, riddles, room, rounds

app_name = "reelrequests"
urlpatterns = [
    path("", room.request_list, name="list"),
    path("ask/", asking.ask, name="ask"),
    path("planned.ics", room.planned_ics, name="planned_ics"),
    path("similar/", asking.similar, name="similar"),
    path("yours/", leaving.yours, name="yours"),
    path("confirm/<str:token>/", asking.confirm, name="confirm"),
    path("leave/<str:key>/", leaving.leave, name="leave"),
    path("<int:pk>/", room.request_detail, name="detail"),
    path("<int:pk>/join/", asking.join, name="join"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round"),
    path("<int:pk>/guess/", riddles.guess, name="guess"),
]
