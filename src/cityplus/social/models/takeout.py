from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.jobs.models import Job
from cityplus.lib.lifecycle import LifeCycle
from cityplus.people.models import Person

OPEN_FOR = timedelta(days=7)


class Takeout(models.Model):
    """All that a person has here as a zip that they asked for: the worker writes it, and only they can fetch it, for seven days."""

    LIFE = LifeCycle("""
        waiting -> ready
    """)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="takeouts")
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    bytes = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"takeout of {self.person} ({self.state})"

    @classmethod
    def ask(cls, person: Person) -> Takeout:
        """Have the worker write it. While one of this person is being written, it is that one."""
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            waiting = cls.objects.filter(person=person, state="waiting")
            if present := next((one for one in waiting if one.standing == "waiting"), None):
                return present
            key = f"takeouts/{secrets.token_hex(16)}.zip"
            takeout = cls.objects.create(person=person, key=key, expires_at=timezone.now() + OPEN_FOR)
            jobs.enqueue("social.takeout", key=str(takeout.pk), priority=4, takeout=takeout.pk)
            journal.record("takeout.asked", takeout, by=person.username, quiet=True)
        return takeout

    @property
    def standing(self) -> str:
        """The state; ``broken`` when the worker gave up, ``over`` when its days are."""
        if self.state == "ready":
            return "ready" if timezone.now() < self.expires_at else "over"
        job = Job.objects.filter(key=f"social.takeout:{self.pk}").first()
        return "broken" if job and job.state == "dead" else self.state

    def finish(self, size: int) -> bool:
        """Say that the zip lies under its key; whether it is said for the first time."""
        with transaction.atomic():
            takeout = Takeout.objects.select_for_update().select_related("person").get(pk=self.pk)
            if takeout.state == "ready":
                return False
            self.LIFE.check(takeout.state, "ready")
            takeout.state, takeout.bytes = "ready", size
            takeout.expires_at = timezone.now() + OPEN_FOR
            takeout.save(update_fields=["state", "bytes", "expires_at"])
            journal.record("takeout.ready", takeout, by=takeout.person.username, quiet=True)
        return True
