"""The worker: does what is due, bears what fails, and tells how far it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connections

from cityplus import jobs
from cityplus.jobs import kinds, worker
from cityplus.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_other_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "_kinds", {})
    yield


def test_a_job_is_done_with_its_arguments() -> None:
    done: list[tuple[str, int]] = []

    @jobs.job("test.greet")
    def greet(name: str, times: int) -> None:
        done.append((name, times))

    jobs.enqueue("test.greet", key="1", name="Den Haag", times=3)
    assert worker.run_one("w")
    assert not worker.run_one("w")
    assert done == [("Den Haag", 3)]
    assert Job.objects.get().state == "done"


def test_a_job_that_fails_is_put_back_with_its_trace() -> None:
    @jobs.job("test.fail")
    def fail() -> None:
        raise OSError("the sea is closed")

    jobs.enqueue("test.fail", key="1")
    assert worker.run_one("w")
    job = Job.objects.get()
    assert (job.state, job.tries) == ("waiting", 1)
    assert "OSError: the sea is closed" in job.error
    assert "in fail" in job.error


def test_a_kind_that_no_room_does_is_kept_and_says_so() -> None:
    jobs.enqueue("ceremonies.press", key="1")
    assert worker.run_one("w")
    job = Job.objects.get()
    assert job.state == "waiting"
    assert "no room does jobs of the kind ceremonies.press" in job.error


def test_a_job_reports_how_far_it_is() -> None:
    seen: list[int] = []

    @jobs.job("test.count")
    def count() -> None:
        for percent in (-5, 40, 250):
            jobs.report(percent)
            seen.append(Job.objects.get().percent)

    jobs.enqueue("test.count", key="1")
    worker.run_one("w")
    assert seen == [0, 40, 100]


def test_a_report_outside_a_job_does_nothing() -> None:
    jobs.report(50)


def test_a_dead_job_is_not_run_again() -> None:
    jobs.enqueue("test.none", key="1")
    for _ in range(5):
        Job.objects.update(run_after="2020-01-01T00:00+00:00")
        worker.run_one("w")
    assert Job.objects.get().state == "dead"
    assert not worker.run_one("w")


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_a_long_job_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RENEWAL", 0.01)
    renewed = threading.Event()
    renew, failures = Job.renew, iter([OSError("database is locked")])

    def watched(job: Job) -> None:
        for failure in failures:  # the first renewal fails, and the next is tried all the same
            raise failure
        renew(job)
        renewed.set()

    monkeypatch.setattr(Job, "renew", watched)
    leases: list[object] = []

    @jobs.job("test.long")
    def long() -> None:
        leases.append(Job.objects.get().leased_until)
        assert renewed.wait(10)
        leases.append(Job.objects.get().leased_until)

    jobs.enqueue("test.long", key="1")
    assert worker.run_one("w")
    assert Job.objects.get().state == "done"
    assert leases[1] > leases[0]  # type: ignore[operator]


@pytest.mark.django_db(transaction=True)
def test_a_crew_does_everything_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PAUSE", 0.01)
    monkeypatch.setattr("socket.gethostname", lambda: "h" * 64)  # the longest a host may be called
    stop, done, chores = threading.Event(), [], []

    @jobs.job("test.step")
    def step(number: int) -> None:
        done.append(number)
        if len(done) == 6:
            stop.set()

    def chore() -> int:
        chores.append(1)
        if len(chores) == 1:
            raise OSError("the journal could not be read")
        return 0

    for number in range(6):
        jobs.enqueue("test.step", key=str(number), number=number)
    crew = threading.Thread(target=worker.work, args=(stop, 2, chore))
    crew.start()
    crew.join(20)
    assert not crew.is_alive()
    assert sorted(done) == list(range(6))
    assert Job.objects.progress()["done"] == 6
    assert chores


@pytest.mark.django_db(transaction=True)
def test_what_is_urgent_waits_for_no_long_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is sent while every other thread is at work on films."""
    monkeypatch.setattr(worker, "PAUSE", 0.01)
    stop, sent, films = threading.Event(), threading.Event(), threading.Semaphore(0)

    @jobs.job("test.film")
    def film() -> None:
        films.release()
        assert sent.wait(20)

    @jobs.job("test.letter")
    def letter() -> None:
        sent.set()

    for number in range(3):
        jobs.enqueue("test.film", key=str(number))

    def watch() -> None:
        for _ in range(2):
            assert films.acquire(timeout=20)
        jobs.enqueue("test.letter", key="1", priority=jobs.URGENT)
        assert sent.wait(20)
        stop.set()
        connections.close_all()

    watcher = threading.Thread(target=watch)
    watcher.start()
    worker.work(stop, 2, lambda: 0)
    watcher.join()
    assert sent.is_set()
    assert Job.objects.get(kind="test.letter").state == "done"
