"""Tags of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template

from cityplus.cities.models import City, Member
from cityplus.desk import clocks, sections
from cityplus.desk.access import Desk
from cityplus.languages import formats
from cityplus.languages.tags import name_of, reader_tag

register = template.Library()


@register.inclusion_tag("desk/navigation.html", takes_context=True)
def desk_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The parts of the desk, and the other desks of this person."""
    desk: Desk = context["desk"]
    others = Member.objects.filter(person=desk.person).exclude(city=desk.city).select_related("city__actor")
    return {"desk": desk, "entries": sections.entries(context["request"], desk), "others": others}


@register.inclusion_tag("desk/header_link.html", takes_context=True)
def desk_link(context: dict[str, Any]) -> dict[str, Any]:
    """The way to the desk for who is in a team, from every page; nobody else gets anything."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {"teams": []}
    return {"teams": list(Member.objects.filter(person=user.pk).select_related("city__actor")[:2])}


@register.filter
def may(desk: Desk, right: str) -> bool:
    """``{% if desk|may:"publish" %}``."""
    return desk.may(right)


@register.filter
def city_time(moment: datetime | None, city: City) -> str:
    """Date and time on the clocks of a city, with their distance from UTC; empty for no moment."""
    return clocks.at(moment, city.time_zone) if moment else ""


@register.filter
def utc_time(moment: datetime) -> str:
    """Date and time in UTC, for whom no island says their own."""
    there, tag = moment.astimezone(ZoneInfo("UTC")), reader_tag()
    return f"{formats.day(there, tag)}, {formats.clock(moment, 'UTC', tag)} UTC"


@register.filter
def own_name(tag: str) -> str:
    """What a language calls itself."""
    return name_of(tag, tag)


@register.filter
def query(values: Mapping[str, str]) -> str:
    """A query string without its question mark."""
    return urlencode(values)
