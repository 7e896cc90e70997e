"""Answers for machines: robots, sitemap with hreflang, security contact, icon, web app manifest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.routes.models import Route
from cityplus.ties.models import Tie
from cityplus.web.addresses import absolute, bare, in_language
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
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language, each naming its sisters."""
    entries = "".join(_entry(path) for path in _public_paths())
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"{entries}</urlset>"
    )
    return HttpResponse(xml, content_type="application/xml")


def _public_paths() -> list[str]:
    pages = [
        "portal:home",
        "cities:directory",
        "routes:index",
        "ties:index",
        "portal:about",
        "portal:pulse",
        "pulse:counting",
    ]
    paths = [reverse(name) for name in pages]
    paths += [city.get_absolute_url() for city in City.objects.filter(stage__in=City.PUBLIC).select_related("actor")]
    routes = Route.objects.filter(state="published", city__stage__in=City.PUBLIC)
    for route in routes.select_related("city__actor").prefetch_related("stops"):
        paths.append(route.get_absolute_url())
        paths += [reverse("routes:stop", args=[route.city.handle, route.slug, s.number]) for s in route.stops.all()]
    paths += [tie.get_absolute_url() for tie in Tie.objects.public().with_cities()]
    return [bare(path) for path in paths]


def _entry(path: str) -> str:
    sisters = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(u.tag)} href={quoteattr(absolute(in_language(path, u.code)))}/>'
        for u in UI_LANGUAGES
    )
    return "".join(
        f"<url><loc>{escape(absolute(in_language(path, u.code)))}</loc>{sisters}</url>" for u in UI_LANGUAGES
    )
