from django.urls import path

from cityplus.media import views

app_name = "media"
urlpatterns = [
    path("media/captions/<int:pk>.vtt", views.caption, name="caption"),
    path("@<handle:handle>/media/", views.media, name="media"),
    path("@<handle:handle>/media/<int:pk>/", views.medium, name="medium"),
    path("media/<path:key>", views.file, name="file"),
]
