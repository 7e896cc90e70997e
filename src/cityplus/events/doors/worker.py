"""The service worker of a door, served at the root and asked for anew. Each door registers it for its own address alone."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from cityplus.web.assets import BUILT, asset


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(_script(asset("door-worker.js")), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@lru_cache(maxsize=2)
def _script(address: str) -> bytes:
    return (BUILT / address.removeprefix(f"{settings.STATIC_URL}web/built/")).read_bytes()


urlpatterns = [path("door-worker.js", script, name="door-worker")]
