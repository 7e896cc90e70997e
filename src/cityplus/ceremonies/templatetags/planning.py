"""Tags of the pages of planning."""

from __future__ import annotations

from django import template

from cityplus.ceremonies.models import Ceremony
from cityplus.ceremonies.planning.planner import Planner

register = template.Library()


@register.simple_tag
def at(planner: Planner, name: str, *args: object) -> str:
    """The address of a planning page, at the desk or at the office."""
    return planner.address(name, *args)


@register.simple_tag
def part_in(planner: Planner, ceremony: Ceremony) -> str:
    """What the planner's city said to taking part in a ceremony of a list; nothing at the office."""
    takings = {taking.city_id: taking.state for taking in ceremony.takings.all()}
    return takings.get(planner.city.pk, "") if planner.city else ""
