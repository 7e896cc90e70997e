"""The organisations that cities have verified."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.cities.isic import SECTIONS, title_of
from cityplus.cities.models import City
from cityplus.languages.tags import name_of, reader_tag
from cityplus.organisations.filters import chosen_in, fitting
from cityplus.organisations.models import Activity, Organisation, Tongue
from cityplus.pulse import counted
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE = 24
"""Organisations a page."""
CITIES = 300
"""So many cities stand in the filter at most; the page of a city leads to its own."""


@require_safe
@keep(clocks=False)
@counted("organisations")
def directory(request: HttpRequest) -> HttpResponse:
    """A page at a time, those that came last first; filtered by city, branch, kind, size, language and words."""
    chosen, public = chosen_in(request.GET), Organisation.objects.public()
    found = fitting(public, chosen)
    page = page_of(found.for_cards(), request.GET, ["-pk"], size=SIZE, filters=chosen)
    context = {
        "page": page,
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "total": found.count(),
        "kinds": Organisation.Kind.choices,
        "sizes": Organisation.Size.choices,
        **_choices(chosen),
    }
    return render(request, "organisations/directory.html", context)


def _choices(chosen: dict[str, str]) -> dict[str, Any]:
    """What one can filter by: only what some organisation has, and what is chosen."""
    reader, public = reader_tag(), Organisation.objects.public()
    cities = City.objects.public().filter(pk__in=public.values("city")).select_related("actor").order_by("number")
    shown = list(cities[:CITIES])
    codes = set(Activity.objects.filter(organisation__in=public).values_list("section", "code").distinct())
    sections = sorted({section for section, _ in codes})
    tags = set(Tongue.objects.filter(organisation__in=public).values_list("tag", flat=True).distinct())
    return {
        "cities": shown,
        "branches": [
            (letter, SECTIONS[letter], sorted((code, title_of(code)) for s, code in codes if s == letter != code))
            for letter in sections
        ],
        "languages": sorted(((tag, name_of(tag, reader)) for tag in tags), key=lambda pair: pair[1]),
    }
