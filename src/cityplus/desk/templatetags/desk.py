"""Tags of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from cityplus.cities.models import City, Member
from cityplus.desk import sections
from cityplus.desk.access import Desk
from cityplus.desk.trail import lines

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
def at_city(moment: datetime, city: City) -> str:
    """A moment on the clocks of the city."""
    return lines.at(moment, city)
