"""The addresses of the conversation, a file for each part of it."""

from cityplus.social.urls import asks, posts, timelines, writing

app_name = "social"
urlpatterns = [
    *writing.urlpatterns,
    *asks.urlpatterns,
    *posts.urlpatterns,
    *timelines.urlpatterns,
]
