"""Tags of organisations."""

from __future__ import annotations

from typing import Any

from django import template

from cityplus.cities.models import City
from cityplus.organisations import sections
from cityplus.organisations.access import Workplace
from cityplus.organisations.models import Delegate, Organisation

register = template.Library()


@register.inclusion_tag("organisations/work/navigation.html", takes_context=True)
def work_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The parts of the workplace, and the other organisations of this person."""
    at: Workplace = context["at"]
    others = Delegate.objects.filter(person=at.person).exclude(organisation=at.organisation)
    found = others.select_related("organisation__actor").order_by("since", "pk")
    return {"at": at, "entries": sections.entries(context["request"], at), "others": found}


@register.inclusion_tag("organisations/of_city.html")
def organisations_of(city: City, most: int = 6) -> dict[str, Any]:
    """Some organisations of a city, those that came last first, and the way to the others; nothing where there are none."""
    found = Organisation.objects.public().filter(city=city).for_cards().order_by("-pk")
    shown = list(found[: most + 1])
    return {"city": city, "organisations": shown[:most], "more": len(shown) > most}


@register.filter
def may(at: Workplace, right: str) -> bool:
    """``{% if at|may:"write" %}``."""
    return at.may(right)
