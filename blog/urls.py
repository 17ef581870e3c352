from django.urls import path

from blog import views

app_name = "blog"
urlpatterns = [
    path("", views.post_list, name="list"),
    path("overheard/", views.overheard, name="overheard"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<int:month>/", views.month, name="month"),
    path("<slug:slug>/", views.post_detail, name="detail"),
]
