from django.urls import path

from about import views

app_name = "about"
urlpatterns = [
    path("", views.index, name="index"),
    path("show/", views.show, name="show"),
    path("show/airings.ics", views.airings_ics, name="airings_ics"),
    path("show/<slug:slug>/", views.episode_detail, name="detail"),
    path("staff/", views.staff, name="staff"),
    path("corrections/", views.corrections, name="corrections"),
    path("contact/", views.contact, name="contact"),
    path("contact/thanks/", views.thanks, name="thanks"),
    path("<slug:slug>/", views.page, name="page"),
]
