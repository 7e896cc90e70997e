"""What a city's team has to see to, when somebody hands their place over."""

from __future__ import annotations

from cityplus.cities.models import City
from cityplus.social.models import Matter


def pass_on(city: City, leaver: str, successor: str) -> int:
    """The successor gets what still waits under the leaver's name; returns how much that is."""
    heir = city.team.get(person__username=successor).person
    return Matter.objects.filter(city=city, assigned__username=leaver, state="waiting").update(assigned=heir)
