from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus.cities.isic import DIVISIONS, SECTIONS, section_of
from cityplus.cities.models import City
from cityplus.events.models import Event
from cityplus.events.models.event import EventQuerySet
from cityplus.lib import signs
from cityplus.pulse import counted
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE = 24
"""Events a page."""


@require_safe
@keep
@counted("events")
def index(request: HttpRequest) -> HttpResponse:
    """What is coming (or, ``?when=past``, what was), of all cities or one (``of``), of all kinds or one, for a sector or all."""
    asked = {name: signs.line(request.GET.get(name, "")) for name in ("when", "of", "kind", "sector")}
    city = get_object_or_404(City.objects.public(), actor__handle=asked["of"]) if asked["of"] else None
    past = asked["when"] == "past"
    found = filtered(asked, city)
    now = timezone.now().replace(second=0, microsecond=0)
    found = found.filter(ends_at__lt=now) if past else found.filter(ends_at__gte=now)
    order = ["-starts_at", "-id"] if past else ["starts_at", "id"]
    page = page_of(found.for_cards(), request.GET, order, size=SIZE, filters=asked)
    cities = City.objects.public().select_related("actor").order_by("actor__handle")[:200]
    context: dict[str, Any] = {
        "page": page,
        "asked": asked,
        "city": city,
        "past": past,
        "cities": cities,
        "kinds": Event.Kind.choices,
        "sections": SECTIONS.items(),
    }
    return render(request, "events/index.html", context)


def filtered(asked: dict[str, str], city: City | None) -> EventQuerySet:
    """Public ones of a city (its own, and those in it), of a kind, and those that want companies of a sector; what is not known is not
    asked for."""
    found = Event.objects.public()
    if city:
        found = found.filter(pk__in=of_city(city).values("pk"))
    if asked["kind"] in Event.Kind.values:
        found = found.filter(kind=asked["kind"])
    sector = asked["sector"]
    if sector in SECTIONS or sector in DIVISIONS:
        section = section_of(sector)
        codes = (
            [sector, section] if sector != section else [section, *(c for c in DIVISIONS if section_of(c) == section)]
        )
        pattern = f'"({"|".join(map(re.escape, codes))})"'
        found = found.annotate(said=Cast("sectors", TextField())).filter(said__regex=pattern)
    return found


def of_city(city: City) -> EventQuerySet:
    """Public events that it holds, and those that take place in it."""
    held = Q(hosting__actor=city.actor, hosting__agreed_at__isnull=False)
    return Event.objects.public().filter(held | Q(venues__city=city)).distinct()
