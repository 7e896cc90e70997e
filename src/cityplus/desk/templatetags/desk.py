"""Tags of the desk."""

from __future__ import annotations

from typing import Any

from django import template

from cityplus.cities.models import Member
from cityplus.desk import sections
from cityplus.desk.access import Desk

register = template.Library()


@register.inclusion_tag("desk/navigation.html", takes_context=True)
def desk_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The parts of the desk, and the other desks of this person."""
    desk: Desk = context["desk"]
    others = Member.objects.filter(person=desk.person).exclude(city=desk.city).select_related("city__actor")
    return {"desk": desk, "entries": sections.entries(context["request"], desk), "others": others}


@register.filter
def may(desk: Desk, right: str) -> bool:
    """``{% if desk|may:"publish" %}``."""
    return desk.may(right)
