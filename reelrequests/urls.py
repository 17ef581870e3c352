from django.urls import path

from reelrequests.views import identify, reader_actions, requests, rounds, withdrawal

app_name = "reelrequests"
urlpatterns = [
    path("", requests.request_list, name="list"),
    path("ask/", reader_actions.submit_request, name="ask"),
    path("planned.ics", requests.planned_ics, name="planned_ics"),
    path("similar/", reader_actions.similar_requests, name="similar"),
    path("yours/", withdrawal.your_requests, name="yours"),
    path("confirm/<str:token>/", reader_actions.confirm_vote, name="confirm"),
    path("leave/<str:key>/", withdrawal.withdraw, name="withdraw"),
    path("<int:pk>/", requests.request_detail, name="detail"),
    path("<int:pk>/join/", reader_actions.vote, name="vote"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round"),
    path("<int:pk>/guess/", identify.guess, name="guess"),
]
