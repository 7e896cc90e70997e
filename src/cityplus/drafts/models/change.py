from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from cityplus.drafts.models.draft import Draft
from cityplus.people.models import Person


class Change(models.Model):
    """One saving of a draft: who set which paths, and to which revision that brought it."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    paths = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="drafts_change_revision")]

    def __str__(self) -> str:
        return f"{self.draft} {self.revision}"


class Presence(models.Model):
    """Somebody who has a draft open, and where in it they were last."""

    HERE = timedelta(seconds=20)
    """For how long after the last sign of life somebody counts as present; pages give one every five seconds."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="present")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "person"], name="drafts_present_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.draft}"

    @classmethod
    def meet(cls, draft: Draft, person: Person, path: str) -> list[Presence]:
        """Say that somebody is here; returns the others who are."""
        now = timezone.now()
        cls.objects.update_or_create(draft=draft, person=person, defaults={"path": path[:200], "seen_at": now})
        others = cls.objects.filter(draft=draft, seen_at__gt=now - cls.HERE).exclude(person=person)
        return list(others.select_related("person").order_by("person__username"))
