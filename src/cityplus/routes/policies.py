"""Who may do what with routes."""

from __future__ import annotations

from typing import Any

from cityplus.cities.models import City, Member


def can_draft(person: Any, city: City) -> bool:
    """Owners and editors of a city write its routes."""
    if not getattr(person, "is_authenticated", False):
        return False
    return city.team.filter(person=person, role__in=(Member.Role.OWNER, Member.Role.EDITOR)).exists()
