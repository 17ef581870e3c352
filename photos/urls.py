from django.urls import path

from photos import views

app_name = "photos"
urlpatterns = [
    path("<int:pk>/press/<slug:size>.jpg", views.download, name="download"),
    path("<int:pk>/<slug:version>/<slug:crop>-<int:width>.<slug:extension>", views.size, name="size"),
]
