"""Tags of this room: money as the reader writes it, and what there is in a city."""

from __future__ import annotations

from typing import Any

from django import template

from cityplus.cities.models import City
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.showing import public_value as said

register = template.Library()


@register.filter
def public_value(thing: Any) -> str:
    """The range of money of an opportunity or an outcome, where everybody may see it; else nothing."""
    return said(thing)


@register.inclusion_tag("opportunities/of_city.html")
def opportunities_of(city: City, most: int = 3) -> dict[str, Any]:
    """The newest that everybody may see of a city and its organisations, and the way to the others; nothing where there are none."""
    found = Opportunity.objects.public().open().filter(city=city).for_lists().order_by("-published_at", "-id")
    return {"city": city, "found": list(found[:most])}
