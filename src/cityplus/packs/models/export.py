from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.cities.models import City
from cityplus.jobs.models import Job
from cityplus.lib.lifecycle import LifeCycle

OPEN_FOR = timedelta(hours=24)


class Export(models.Model):
    """A city as a pack that somebody of its team has asked for: the worker writes the zip, and its link opens for a day.

    ``key`` is where the zip lies; ``problem`` says, in English as packs do, why there is none.
    """

    LIFE = LifeCycle("""
        waiting -> ready
        waiting -> refused
    """)

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="exports")
    by = models.CharField(max_length=150)
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    bytes = models.BigIntegerField(default=0)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"pack of {self.city} ({self.state})"

    @classmethod
    def ask(cls, city: City, *, by: str) -> Export:
        """Have the worker write the pack. While one of this city is being written, it is that one."""
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(pk=city.pk)
            present = next(
                (one for one in cls.objects.filter(city=city, state="waiting") if one.standing == "waiting"), None
            )
            if present:
                return present
            key = f"exports/{secrets.token_hex(16)}.zip"
            export = cls.objects.create(city=city, by=by, key=key, expires_at=timezone.now() + OPEN_FOR)
            jobs.enqueue("packs.export", key=str(export.pk), priority=4, export=export.pk)
            journal.record("pack.asked", export, handle=city.handle, by=by)
        return export

    @property
    def job(self) -> Job | None:
        return Job.objects.filter(key=f"packs.export:{self.pk}").first()

    @property
    def percent(self) -> int:
        """How far the writing has come."""
        job = self.job
        return job.percent if job else 0

    @property
    def is_open(self) -> bool:
        """Whether its link opens."""
        return self.state == "ready" and timezone.now() < self.expires_at

    @property
    def standing(self) -> str:
        """The state; ``broken`` when the worker gave up, ``over`` when the day is."""
        if self.state == "ready" and not self.is_open:
            return "over"
        job = self.job if self.state == "waiting" else None
        return "broken" if job and job.state == "dead" else self.state

    def finish(self, size: int) -> None:
        """Say that the zip lies under its key. Saying it twice is saying it once."""
        self._end("ready", bytes=size, expires_at=timezone.now() + OPEN_FOR)

    def refuse(self, problem: str) -> None:
        """Say why there is no zip, and will be none."""
        self._end("refused", problem=problem)

    def _end(self, state: str, **facts: object) -> None:
        with transaction.atomic():
            export = (
                Export.objects.select_for_update(of=("self", "city"), no_key=True)
                .select_related("city__actor")
                .get(pk=self.pk)
            )
            if export.state == state:
                return
            self.LIFE.check(export.state, state)
            for name, value in {"state": state, **facts}.items():
                setattr(export, name, value)
            export.save()
            journal.record(f"pack.{state}", export, handle=export.city.handle, by=export.by)
