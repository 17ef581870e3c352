from django.urls import path

from picks import views

app_name = "picks"
urlpatterns = [
    path("", views.pick_lists, name="list"),
    path("of-the-week/", views.weekly_picks, name="weekly"),
    path("<slug:slug>/", views.list_detail, name="detail"),
]
