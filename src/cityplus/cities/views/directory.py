from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.cities.choices import choices
from cityplus.cities.filters import chosen_in, fitting
from cityplus.cities.isic import SECTIONS
from cityplus.cities.lights import frame
from cityplus.cities.models import City
from cityplus.languages.formats import country
from cityplus.languages.tags import name_of, reader_tag
from cityplus.pulse import counted
from cityplus.web.pagecache import keep
from cityplus.web.paging import Page, page_of

SIZE = 18
"""Members a page."""


@require_safe
@keep
@counted("directory")
def directory(request: HttpRequest) -> HttpResponse:
    """The members, a page at a time, as a list and with their names on a map that shows the lights of all; filtered by country,
    language and sector (an ISIC section)."""
    chosen, total = chosen_in(request.GET), City.objects.public().count()
    reader = reader_tag()
    context = {
        "page": _page(request, chosen, total),
        "frame": frame(),
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "total": total,
        "countries": sorted(((c, country(c, reader)) for c in choices("country")), key=lambda pair: pair[1]),
        "languages": sorted(((tag, name_of(tag, reader)) for tag in choices("language")), key=lambda pair: pair[1]),
        "sectors": [(letter, SECTIONS[letter]) for letter in choices("sector") if letter in SECTIONS],
    }
    return render(request, "cities/directory.html", context)


def _page(request: HttpRequest, chosen: dict[str, str], total: int) -> Page[City]:
    fits = fitting(City.objects.public(), chosen)
    shown = fits.for_cards().prefetch_related("strengths")
    page = page_of(shown, request.GET, ["number"], size=SIZE, key="number", filters=chosen)
    if not page.items:
        return page
    start = fits.filter(number__lt=page.items[0].number).count() + 1 if page.previous else 1
    return replace(page, start=start, total=fits.count() if any(chosen.values()) else total)
