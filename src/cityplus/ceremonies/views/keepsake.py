"""The public page of a ceremony that is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityplus import pulse
from cityplus.ceremonies.keepsakes import keepsake
from cityplus.ceremonies.models import Ceremony
from cityplus.cities.models import City
from cityplus.languages.tags import reader_tag
from cityplus.routes.models import Route

ROUTES = 6


def kept_page(request: HttpRequest, ceremony: Ceremony, **more: Any) -> HttpResponse:
    """The keepsake: prints, guests, programme, pictures, recording, and what the ceremony led to. ``more`` is the replay's."""
    kept = keepsake(ceremony)
    if ceremony.announced:
        pulse.counts(request, "ceremony", *ceremony.subjects)
    public = [city for city in kept.cities if city.stage in City.PUBLIC]
    routes = Route.objects.public().filter(city__in=public).for_cards().order_by("-published_at", "-pk")[:ROUTES]
    pictures = [one.medium for one in ceremony.shown.select_related("medium").prefetch_related("medium__renditions")]
    context = {
        "kept": kept,
        "ceremony": ceremony,
        "seats": [(guest, kept.palms.get(guest.pk)) for guest in kept.guests],
        "programme": list(ceremony.programme.all()),
        "hosts": _hosts(ceremony),
        "pictures": pictures,
        "routes": routes,
        "public": public,
        **more,
    }
    return render(request, "ceremonies/keepsake.html", context)


def _hosts(ceremony: Ceremony) -> list[str]:
    reading = ceremony.hosts.read((reader_tag(),)) if ceremony.hosts else None
    return [line for line in reading.text.splitlines() if line.strip()] if reading else []
