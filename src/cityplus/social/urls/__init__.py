"""The addresses of the conversation, a file for each part of it."""

from cityplus.social.urls import posts, timelines

app_name = "social"
urlpatterns = [
    *posts.urlpatterns,
    *timelines.urlpatterns,
]
