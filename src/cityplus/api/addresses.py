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


def resource(path: str) -> str:
    """The full public address of a resource: ``cities/thehague``."""
    return absolute(f"{ROOT}/{path}")


def same_with(request: HttpRequest, **changes: str) -> str:
    """The full public address that was asked for, with other values in its query."""
    query = {**request.GET.dict(), **changes}
    return f"{absolute(request.path)}?{urlencode(query)}"
