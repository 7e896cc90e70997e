"""Who may do what with a ceremony: pure, but for the look at the teams of its cities."""

from __future__ import annotations

from typing import Any

from cityplus.ceremonies.models import Ceremony
from cityplus.cities.models import Member
from cityplus.cities.rights import Right, may


def may_plan(role: str, kind: str, *, own: bool) -> bool:
    """Whether this role of a city's team plans ceremonies of this kind. The launch of a city is its owner's to plan (and the
    office's), and nobody plans that of another city; signings and openings are planned by whoever writes."""
    if kind == Ceremony.Kind.LAUNCH:
        return own and may(role, Right.SETTINGS)
    return may(role, Right.WRITE)


def may_lead(person: Any, ceremony: Ceremony | int) -> bool:
    """Whether a person leads this ceremony at its console: the office does, and who presents for a city that has agreed to take part."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    if person.is_staff:
        return True
    pk = ceremony if isinstance(ceremony, int) else ceremony.pk
    agreed = Member.objects.filter(city__takings__ceremony=pk, city__takings__state="accepted")
    roles = agreed.filter(person=person.pk).values_list("role", flat=True)
    return any(may(role, Right.PRESENT) for role in roles)
