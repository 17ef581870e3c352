from django.urls import path

from about.views import letters, pages, show

app_name = "about"
urlpatterns = [
    path("", pages.index, name="index"),
    path("show/", show.show, name="show"),
    path("show/airings.ics", show.airings_ics, name="airings_ics"),
    path("show/<slug:slug>/", show.episode_detail, name="detail"),
    path("staff/", pages.staff, name="staff"),
    path("corrections/", pages.corrections, name="corrections"),
    path("contact/", letters.contact, name="contact"),
    path("contact/thanks/", letters.thanks, name="thanks"),
    path("<slug:slug>/", pages.page, name="page"),
]
