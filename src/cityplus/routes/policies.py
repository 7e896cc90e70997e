"""Who may do what with routes."""

from __future__ import annotations

from typing import Any

from cityplus.cities.models import City
from cityplus.cities.rights import Right, may, role_of


def can_draft(person: Any, city: City) -> bool:
    """Who has the right to in the team of the city writes its routes."""
    return may(role_of(person, city), Right.WRITE)
