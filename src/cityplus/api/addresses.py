"""Where the API lies. Its addresses end without a slash; only the manual, which is a page, has one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

from cityplus.web.addresses import absolute

EVERY_API = "/api/"
ROOT = "/api/cityplus/v1"
MANUAL = f"{ROOT}/"
DOCUMENT = f"{ROOT}/openapi.json"


def is_api(path: str) -> bool:
    """Whether a program answers here. The manual is a page like any other."""
    return path.startswith(EVERY_API) and path != MANUAL


CONVERSATION = tuple(f"{ROOT}/{part}" for part in ("timelines/", "posts", "actors/", "relationships", "session"))


def is_conversation(path: str) -> bool:
    """Whether the answer may depend on who asks: for posts are read and written there."""
    return path.startswith(CONVERSATION)


def resource(path: str) -> str:
    """The full public address of a resource: ``cities/thehague``."""
    return absolute(f"{ROOT}/{path}")


def same_with(request: HttpRequest, **changes: str | None) -> str:
    """The full public address that was asked for, with other values in its query, or without those that are None."""
    query = {name: value for name, value in {**request.GET.dict(), **changes}.items() if value is not None}
    return f"{absolute(request.path)}?{urlencode(query)}"
