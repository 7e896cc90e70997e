"""Answers for machines: robots, sitemap with hreflang, security contact, icon, web app manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cityplus.portal import sitemaps
from cityplus.web.addresses import absolute
from cityplus.web.assets import asset


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /account/", "Disallow: /live/", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116); it expires a year from now, as the standard recommends."""
    expires = (datetime.now(UTC) + timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {absolute(reverse('portal:about'))}#security",
        f"Expires: {expires}",
        "Preferred-Languages: en, zh, nl",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(asset("star.svg"))


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    body = {
        "name": "CityPlus",
        "short_name": "CityPlus",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#05070f",
        "theme_color": "#05070f",
        "icons": [{"src": asset("star.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=600)
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """The index of the parts that name every public page."""
    return StreamingHttpResponse(sitemaps.index(), content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=600)
def sitemap_part(request: HttpRequest, section: str, number: int) -> StreamingHttpResponse:
    """Some public pages in every language, each naming its sisters. It is sent while it is read: no part is ever whole in memory."""
    pieces = sitemaps.part(section, number)
    if pieces is None:
        raise Http404
    return StreamingHttpResponse(_in_chunks(pieces), content_type="application/xml")


def _in_chunks(pieces: Iterable[str]) -> Iterator[bytes]:
    """A hundred pages at a time, rather than each on its way alone."""
    rest = iter(pieces)
    while chunk := "".join(islice(rest, 100)):
        yield chunk.encode()
