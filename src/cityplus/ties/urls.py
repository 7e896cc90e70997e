from django.urls import path

from cityplus.ties import views

app_name = "ties"
urlpatterns = [
    path("ties/", views.index, name="index"),
    path("ties/<handle:first>+<handle:second>/", views.pair, name="pair"),
    path("ties/<handle:first>+<handle:second>/posts/", views.posts, name="posts"),
]
