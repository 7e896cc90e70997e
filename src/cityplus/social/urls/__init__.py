"""The addresses of the conversation, a file for each part of it."""

from cityplus.social.urls import posts, writing

app_name = "social"
urlpatterns = [
    *writing.urlpatterns,
    *posts.urlpatterns,
]
