from django.urls import path

from dvdelighted import views

app_name = "dvdelighted"
urlpatterns = [
    path("", views.disc_list, name="list"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<int:year>/<int:month>/", views.calendar, name="month"),
    path("calendar.ics", views.calendar_ics, name="calendar_ics"),
    path("editions/<slug:slug>/", views.editions, name="editions"),
    path("<slug:slug>/", views.disc_detail, name="detail"),
]
