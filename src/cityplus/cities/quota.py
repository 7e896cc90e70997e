"""How much a city keeps in the store, of what it may."""

from __future__ import annotations

from dataclasses import dataclass

from cityplus.cities.models import City
from cityplus.media import quota
from cityplus.media.models import Medium


@dataclass(frozen=True, slots=True)
class Quota:
    """``bytes`` are those of the originals and of uploads on their way: what is made of them comes and goes with them."""

    files: int
    bytes: int
    most: int

    @classmethod
    def of(cls, city: City) -> Quota:
        files = Medium.objects.filter(owner=city.actor).count()
        return cls(files, quota.used(city.actor), quota.allowed(city.actor))

    @property
    def left(self) -> int:
        return max(0, self.most - self.bytes)

    @property
    def percent(self) -> int:
        return min(100, self.bytes * 100 // self.most)
