"""Tags of the pages of planning."""

from __future__ import annotations

from django import template

from cityplus.ceremonies.planning.planner import Planner

register = template.Library()


@register.simple_tag
def at(planner: Planner, name: str, *args: object) -> str:
    """The address of a planning page, at the desk or at the office."""
    return planner.address(name, *args)
