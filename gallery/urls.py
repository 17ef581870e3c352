from django.urls import path

from gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.album_list, name="list"),
    path("<slug:slug>/", views.album_detail, name="detail"),
    path("<slug:slug>/<int:pk>/", views.picture_detail, name="picture"),
]
