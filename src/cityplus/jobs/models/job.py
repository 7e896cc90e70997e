from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone

from cityplus.jobs.kinds import URGENT
from cityplus.lib.lifecycle import LifeCycle

LEASE = timedelta(minutes=2)
TRIES = 5


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime) -> JobQuerySet:
        """Waiting and ripe, or taken by a worker whose lease ran out."""
        return self.filter(Q(state="waiting", run_after__lte=now) | Q(state="running", leased_until__lt=now))

    def take(self, worker: str, *, urgent: bool = False) -> Job | None:
        """Lease the next job (of the urgent ones, if asked) to a worker; the try is counted now, so that a job that kills its
        worker runs out of tries."""
        now = timezone.now()
        due = self.due(now).filter(priority__lte=URGENT) if urgent else self.due(now)
        with transaction.atomic():
            job = due.order_by("priority", "id").select_for_update(skip_locked=True).first()
            if job is None:
                return None
            if job.state == "running" and job.tries >= TRIES:
                job.bury("its worker died each time it was tried")
                return job
            job.state, job.worker, job.tries = "running", worker, job.tries + 1
            job.leased_until = now + LEASE
            job.save(update_fields=["state", "worker", "tries", "leased_until"])
            return job

    def progress(self) -> dict[str, int]:
        """How many jobs are in each state."""
        counts = dict(self.values_list("state").annotate(n=Count("id")).order_by())
        return {state: counts.get(state, 0) for state in Job.LIFE.steps}


class Job(models.Model):
    """One piece of background work."""

    LIFE = LifeCycle("""
        waiting -> running -> done
        running -> waiting
        running -> dead -> waiting
    """)

    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    priority = models.SmallIntegerField(default=5)
    tries = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "priority", "id"], name="jobs_next")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.state})"

    def renew(self) -> None:
        """Say that the worker still lives; the worker calls it while a job is in hand."""
        self._held().update(leased_until=timezone.now() + LEASE)

    def report(self, percent: int) -> None:
        """Say how far the job has come, 0 to 100."""
        self._held().update(percent=max(0, min(100, percent)))

    def finish(self) -> None:
        self._leave("done", error="", percent=100, ended_at=timezone.now())

    def retry(self, error: str) -> None:
        """Put it back with a growing pause, or bury it after the last try."""
        if self.tries >= TRIES:
            self.bury(error)
        else:
            pause = timedelta(seconds=2**self.tries * 5)
            self._leave("waiting", error=error[-4000:], run_after=timezone.now() + pause)

    def bury(self, error: str) -> None:
        self._leave("dead", error=error[-4000:], ended_at=timezone.now())

    def _held(self) -> JobQuerySet:
        """This job while this try of it lasts: a worker whose lease ran out must not touch what another has taken."""
        return Job.objects.filter(pk=self.pk, state="running", worker=self.worker, tries=self.tries)

    def _leave(self, state: str, **values: Any) -> None:
        self.LIFE.check("running", state)
        if self._held().update(state=state, **values):
            self.refresh_from_db()
