from __future__ import annotations

from datetime import timedelta
from typing import Any

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
    """Somebody who has a thing open to write in it, and where in its document they were last. It needs no draft: two who have both
    only begun to read see each other too."""

    HERE = timedelta(seconds=20)
    """For how long after the last sign of life somebody counts as present; pages give one every five seconds."""
    FRESH = timedelta(seconds=8)
    """So old a sign is given anew; one that says the same and is younger costs no writing."""
    KEPT = timedelta(days=1)

    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id", "person"], name="drafts_present_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.kind} {self.subject_id}"

    @classmethod
    def meet(cls, draft: Draft, person: Person, path: str) -> list[Presence]:
        """Say that somebody is here; returns the others who are."""
        now = timezone.now()
        here: dict[str, Any] = {"kind": draft.kind, "subject_id": draft.subject_id}
        present = list(cls.objects.filter(**here, seen_at__gt=now - cls.HERE).select_related("person"))
        mine = next((one for one in present if one.person_id == person.pk), None)
        if mine is None or mine.path != path[:200] or now - mine.seen_at > cls.FRESH:
            values: dict[str, Any] = {"path": path[:200], "seen_at": now}
            _, made = cls.objects.update_or_create(**here, person=person, defaults=values)
            if made:  # where somebody was yesterday is nobody's concern
                cls.objects.filter(seen_at__lt=now - cls.KEPT).delete()
        others = [one for one in present if one.person_id != person.pk]
        return sorted(others, key=lambda one: one.person.get_username())
