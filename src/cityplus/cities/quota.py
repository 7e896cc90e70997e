"""How much a city keeps in the store, of what it may."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Sum

from cityplus.cities.models import City
from cityplus.media.models import Medium


@dataclass(frozen=True, slots=True)
class Quota:
    """``bytes`` are those of the originals: what is made of them comes and goes with them."""

    files: int
    bytes: int
    most: int

    @classmethod
    def of(cls, city: City) -> Quota:
        found = Medium.objects.filter(owner=city.actor).aggregate(files=Count("pk"), bytes=Sum("bytes"))
        return cls(found["files"], found["bytes"] or 0, settings.CITYPLUS.city_bytes)

    @property
    def left(self) -> int:
        return max(0, self.most - self.bytes)

    @property
    def percent(self) -> int:
        return min(100, self.bytes * 100 // self.most)
