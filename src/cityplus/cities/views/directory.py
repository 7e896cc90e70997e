from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City
from cityplus.languages.formats import country
from cityplus.languages.tags import name_of, reader_tag
from cityplus.pulse import counted
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("directory")
def directory(request: HttpRequest) -> HttpResponse:
    """Every member as a map and as an equal list, filtered by country, language and sector (an ISIC section)."""
    everyone = list(
        City.objects.visible_to(request.user)
        .filter(stage__in=City.PUBLIC)
        .for_cards()
        .prefetch_related("strengths")
        .order_by("number")
    )
    chosen = {name: request.GET.get(name, "") for name in ("country", "language", "sector")}
    cities = [city for city in everyone if _fits(city, chosen)]
    reader = reader_tag()
    context = {
        "cities": cities,
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "total": len(everyone),
        "countries": sorted({(c.country, country(c.country, reader)) for c in everyone}, key=lambda pair: pair[1]),
        "languages": sorted(
            {(tag, name_of(tag, reader)) for c in everyone for tag in c.languages}, key=lambda pair: pair[1]
        ),
        "sectors": [
            (k, v) for k, v in SECTIONS.items() if any(s.section == k for c in everyone for s in c.strengths.all())
        ],
    }
    return render(request, "cities/directory.html", context)


def _fits(city: City, chosen: dict[str, str]) -> bool:
    return (
        chosen["country"] in {"", city.country}
        and (not chosen["language"] or chosen["language"] in city.languages)
        and (not chosen["sector"] or any(s.section == chosen["sector"] for s in city.strengths.all()))
    )
