"""The addresses of the conversation, a file for each part of it."""

from django.urls import register_converter

from cityplus.social.pairs import SomebodyConverter

register_converter(SomebodyConverter, "somebody")

from cityplus.social.urls import asks, feeds, people, posts, timelines, writing  # noqa: E402 - they name the converter

app_name = "social"
urlpatterns = [
    *feeds.urlpatterns,
    *people.urlpatterns,
    *writing.urlpatterns,
    *asks.urlpatterns,
    *posts.urlpatterns,
    *timelines.urlpatterns,
]
