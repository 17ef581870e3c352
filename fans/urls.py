from django.urls import path

from fans import views

app_name = "fans"
urlpatterns = [
    path("", views.my_data, name="my_data"),
    path("sent/", views.link_sent, name="link_sent"),
    path("erased/", views.erased, name="erased"),
    path("data.json", views.export, name="export"),
    path("<str:token>/", views.login, name="login"),
]
