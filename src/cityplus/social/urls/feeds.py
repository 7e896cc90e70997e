"""Feeds stand on the address of what they are of: ``/@thehague/posts.atom``."""

from django.urls import path, re_path, register_converter

from cityplus.actors.handles import PATTERN
from cityplus.social.views import feeds


class EndingConverter:
    """Path converter ``<feed:ending>``."""

    regex = "atom|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EndingConverter, "feed")

urlpatterns = [
    path("@<handle:handle>/posts.<feed:ending>", feeds.of_actor, name="feed"),
    path("@<handle:handle>/questions/posts.<feed:ending>", feeds.of_questions, name="feed-of-questions"),
    path("tags/<str:name>/posts.<feed:ending>", feeds.of_tag, name="feed-of-tag"),
    re_path(
        rf"^ties/(?P<first>{PATTERN})\+(?P<second>{PATTERN})/posts\.(?P<ending>atom|json)$",
        feeds.of_pair,
        name="feed-of-pair",
    ),
]
