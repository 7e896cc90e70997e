from __future__ import annotations

import hashlib

from django.db import models, transaction
from django.utils import timezone

from cityplus.people.models import Person

MOST = 10
"""Devices of a person; the one that was added first gives way."""


class Device(models.Model):
    """A browser that takes pushes for a person while that person is signed in on it (``session``). It has one row whoever signs in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True, help_text="of the endpoint, which may be long")
    endpoint = models.TextField()
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    session = models.CharField(max_length=40, db_index=True)
    agent = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    pushed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk} of {self.person_id}"

    @classmethod
    def add(cls, person: Person, endpoint: str, p256dh: str, auth: str, *, session: str, agent: str = "") -> Device:
        """Push to this browser from now on, for this person and nobody else who used it before."""
        facts = {
            "person": person, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "session": session, "agent": agent[:300],
        }  # fmt: skip
        with transaction.atomic():
            digest = hashlib.sha256(endpoint.encode()).hexdigest()
            device, _ = cls.objects.update_or_create(digest=digest, defaults=facts)
            kept = cls.objects.filter(person=person).order_by("-added_at", "-pk").values_list("pk", flat=True)[:MOST]
            cls.objects.filter(person=person).exclude(pk__in=list(kept)).exclude(pk=device.pk).delete()
        return device
