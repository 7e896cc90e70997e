"""Chores: jobs that nobody asks for, done when a worker starts and some times a day."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from cityplus import jobs
from cityplus.jobs import kinds, worker
from cityplus.jobs.models import Job

done: list[str] = []


@pytest.fixture
def chore(monkeypatch: pytest.MonkeyPatch) -> str:
    """The only chore there is."""
    monkeypatch.setattr(kinds, "_chores", set())
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    done.clear()

    @jobs.chore("test.tidy")
    def tidy() -> None:
        done.append("tidied")

    return "test.tidy"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_starts_does_the_chores_once(chore: str) -> None:
    stop = threading.Event()

    def look() -> int:
        if Job.objects.filter(kind=chore, state="done").exists():
            stop.set()
        return 0

    worker.work(stop, 1, look)
    assert done == ["tidied"]
    assert Job.objects.filter(kind=chore).count() == 1


@pytest.mark.django_db
def test_a_chore_that_waits_is_not_asked_for_again(chore: str) -> None:
    for _ in range(3):
        kinds.enqueue_chores()
    assert Job.objects.filter(kind=chore, state="waiting").count() == 1
    assert worker.run_one("test")
    Job.objects.update(key="that of yesterday")
    kinds.enqueue_chores()
    assert Job.objects.filter(kind=chore).count() == 2


@pytest.mark.django_db
def test_chores_of_a_month_ago_are_forgotten_and_other_jobs_are_not(chore: str) -> None:
    then = timezone.now() - timedelta(days=31)
    for kind, state in ((chore, "done"), (chore, "dead"), ("another", "done")):
        Job.objects.create(kind=kind, key=f"{kind} {state}", state=state, ended_at=then)
    kinds.enqueue_chores()
    assert set(Job.objects.values_list("kind", "state")) == {(chore, "dead"), ("another", "done"), (chore, "waiting")}
