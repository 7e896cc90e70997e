from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils import timezone

from cityplus.notifications import outgoing
from cityplus.notifications.due import Rhythm, next_due
from cityplus.notifications.kinds import WAYS, kind_of
from cityplus.people.models import Person


class Wishes(models.Model):
    """What somebody wants to hear of, by which ways, and when digests come. Who has not chosen has no row, and the usual."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="wishes")
    digest = models.CharField(max_length=6, choices=[(r.value, r.value) for r in Rhythm], default=Rhythm.WEEKLY)
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)], help_text="0 is Monday")
    zone = models.CharField(max_length=60, default="UTC", help_text="IANA")
    ways = models.JSONField(
        default=dict, blank=True, help_text="{kind: the ways that are open}, of kinds that were chosen for"
    )

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.digest}"

    @classmethod
    def of(cls, person: Person) -> Wishes:
        """Theirs, or the usual ones; those are not stored."""
        return cls.objects.filter(person=person.pk).first() or cls(person=person)

    @classmethod
    def of_many(cls, people: Collection[Person]) -> dict[int, Wishes]:
        known = cls.objects.in_bulk([person.pk for person in people])
        return {person.pk: known.get(person.pk) or cls(person=person) for person in people}

    def wants(self, kind: str, way: str) -> bool:
        """Whether this way is open for a kind; never for a kind that no room offers."""
        offered = kind_of(kind)
        if offered is None:
            return False
        return way in self.ways[kind] if kind in self.ways else offered.usual(way)

    def next_due(self, after: datetime) -> datetime | None:
        """When the next digest comes; None for who wants none."""
        return next_due(after, self.digest, hour=self.hour, weekday=self.weekday, zone=self.zone)

    def choose(self, ways: Mapping[str, Collection[str]], **digest: Any) -> None:
        """Set the ways of these kinds, and ``digest``, ``hour``, ``weekday`` and ``zone`` where they are given.

        Raises:
            ValueError: the zone is none that we know.
        """
        if digest.get("zone", "UTC") not in available_timezones():
            raise ValueError(f"{digest['zone']} is no zone")
        chosen = {kind: [way for way in WAYS if way in open_] for kind, open_ in ways.items()}
        self.ways = {**self.ways, **chosen}
        for name, value in digest.items():
            setattr(self, name, value)
        with transaction.atomic():
            self.save()
            if self.person.notices.filter(read_at=None, mailed_at=None).exists():
                outgoing.digests([self], timezone.now())  # what waits comes when it was chosen now

    def end_digests(self) -> None:
        """No digest from now on."""
        self.choose({}, digest=Rhythm.NEVER)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone))
