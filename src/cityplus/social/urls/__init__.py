"""The addresses of the conversation, a file for each part of it."""

from cityplus.social.urls import asks, posts, timelines

app_name = "social"
urlpatterns = [
    *asks.urlpatterns,
    *posts.urlpatterns,
    *timelines.urlpatterns,
]
