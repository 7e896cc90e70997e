from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.cities.models import City
from cityplus.lib.lifecycle import LifeCycle

TRIES = 20
"""How often an errand may be put off by a machine that is busy."""


class Errand(models.Model):
    """A machine's way through a piece: it writes what nobody has written or approved in one language.

    ``done`` of ``total`` texts are written; ``left`` were found written by somebody meanwhile; ``problem`` says why it stopped.
    """

    LIFE = LifeCycle("""
        waiting -> done
        waiting -> stopped
    """)

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="errands")
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    language = models.CharField(max_length=20)
    by = models.CharField(max_length=150)
    reader = models.CharField(max_length=10, default="en", help_text="The language in which a problem is told")
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    put_off = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "language"],
                condition=models.Q(state="waiting"),
                name="translation_one_errand",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} {self.language} ({self.state})"

    @property
    def percent(self) -> int:
        return 100 if self.state == "done" else 100 * (self.done + self.left) // self.total if self.total else 0

    @classmethod
    def newest(cls, kind: str, subject: int, language: str) -> Errand | None:
        return cls.objects.filter(kind=kind, subject_id=subject, language=language).first()

    @classmethod
    def send(
        cls, city: City, kind: str, subject: int, language: str, *, by: str, total: int, reader: str = "en"
    ) -> Errand:
        """Send a machine; one that is on its way already is the one."""
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(pk=city.pk)
            same = cls.objects.filter(kind=kind, subject_id=subject, language=language, state="waiting").first()
            if same:
                return same
            errand = cls.objects.create(
                city=city, kind=kind, subject_id=subject, language=language, by=by, at=timezone.now(), total=total,
                reader=reader,
            )  # fmt: skip
            jobs.enqueue("translation.errand", key=f"{errand.pk}:0", priority=3, errand=errand.pk)
            journal.record("errand.sent", errand, handle=city.handle, by=by, **errand._told)
        return errand

    def report(self, *, done: int, left: int) -> bool:
        """Say how far it has come; false when somebody has stopped it meanwhile."""
        self.done, self.left = done, left
        return bool(Errand.objects.filter(pk=self.pk, state="waiting").update(done=done, left=left))

    def end(self, state: str, problem: str = "") -> None:
        """It is done, or stopped by a problem."""
        with transaction.atomic():
            errand = Errand.objects.select_for_update(no_key=True).get(pk=self.pk)
            self.LIFE.check(errand.state, state)
            errand.state, errand.problem, errand.ended_at = state, problem[:2000], timezone.now()
            errand.save(update_fields=["state", "problem", "ended_at"])
            journal.record(
                f"errand.{state}", errand, handle=self.city.handle, by=self.by, count=errand.done, **self._told
            )
        self.state, self.problem = errand.state, errand.problem

    def wait(self, seconds: int, problem: str) -> None:
        """Go on after so many seconds; one that was put off too often stops."""
        if self.put_off + 1 >= TRIES:
            self.end("stopped", problem)
            return
        with transaction.atomic():
            errand = Errand.objects.select_for_update(no_key=True).get(pk=self.pk)
            errand.put_off, errand.problem = errand.put_off + 1, problem[:2000]
            errand.save(update_fields=["put_off", "problem"])
            later = timezone.now() + timedelta(seconds=seconds)
            jobs.enqueue(
                "translation.errand", key=f"{self.pk}:{errand.put_off}", priority=3, not_before=later, errand=self.pk
            )
        self.put_off, self.problem = errand.put_off, errand.problem

    @property
    def _told(self) -> dict[str, Any]:
        return {"kind": self.kind, "thing": self.subject_id, "language": self.language}
