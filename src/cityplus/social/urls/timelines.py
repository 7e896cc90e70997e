from django.urls import path

from cityplus.social.views import timelines

urlpatterns = [
    path("home/", timelines.home, name="home"),
    path("home/followed.json", timelines.followed, name="followed"),
    path("posts/", timelines.network, name="network"),
    path("tags/<str:name>/", timelines.tagged, name="tag"),
    path("@<handle:handle>/posts/", timelines.of_actor, name="posts"),
]
