"""The queue: who gets which job, and what becomes of it when a worker dies."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cityplus import jobs
from cityplus.jobs.models import Job
from cityplus.jobs.models.job import LEASE, TRIES

pytestmark = pytest.mark.django_db


def add(key: str, priority: int = 5) -> Job:
    jobs.enqueue("test.work", key=key, priority=priority, number=1)
    return Job.objects.get(key=f"test.work:{key}")


def let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def make_ripe(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=1))


def test_a_job_is_leased_to_one_worker() -> None:
    job = add("a")
    taken = Job.objects.take("worker-1")
    assert taken == job
    assert (taken.state, taken.worker, taken.tries) == ("running", "worker-1", 1)
    assert taken.leased_until
    assert timezone.now() < taken.leased_until <= timezone.now() + LEASE
    assert Job.objects.take("worker-2") is None


def test_an_empty_queue_gives_nothing() -> None:
    assert Job.objects.take("worker-1") is None


def test_urgent_jobs_come_first_and_equals_in_the_order_they_came() -> None:
    for key, priority in (("late", 6), ("first", 5), ("second", 5), ("urgent", 3)):
        add(key, priority)
    order = []
    while job := Job.objects.take("worker-1"):
        order.append(job.key.removeprefix("test.work:"))
    assert order == ["urgent", "first", "second", "late"]


def test_a_job_may_be_for_later() -> None:
    tonight = timezone.now() + timedelta(hours=3)
    jobs.enqueue("test.work", key="a", not_before=tonight)
    assert Job.objects.get().run_after == tonight
    assert Job.objects.take("worker-1") is None
    make_ripe(Job.objects.get())
    assert Job.objects.take("worker-1") is not None


def test_the_same_key_is_one_job() -> None:
    add("a")
    jobs.enqueue("test.work", key="a", number=2)
    assert Job.objects.get().args == {"number": 1}
    jobs.enqueue("other.work", key="a", number=2)
    assert Job.objects.count() == 2


def test_a_job_whose_worker_died_is_taken_again_after_its_lease() -> None:
    add("a")
    dead = Job.objects.take("worker-1")
    assert dead is not None
    assert Job.objects.take("worker-2") is None
    let_lease_run_out(dead)
    again = Job.objects.take("worker-2")
    assert again is not None
    assert (again.pk, again.worker, again.tries) == (dead.pk, "worker-2", 2)


def test_a_renewed_lease_holds() -> None:
    add("a")
    job = Job.objects.take("worker-1")
    assert job is not None
    let_lease_run_out(job)
    job.renew()
    assert Job.objects.take("worker-2") is None


@pytest.mark.parametrize("end", ["finish", "retry", "bury"])
@pytest.mark.parametrize("second", ["worker-2", "worker-1"])
def test_a_worker_that_lost_its_lease_cannot_touch_the_job(end: str, second: str) -> None:
    add("a")
    slow = Job.objects.take("worker-1")
    assert slow is not None
    let_lease_run_out(slow)
    taken = Job.objects.take(second)
    assert taken is not None
    slow.report(99)
    getattr(slow, end)(*([] if end == "finish" else ["too late"]))
    let_lease_run_out(taken)
    slow.renew()
    taken.refresh_from_db()
    assert (taken.state, taken.worker, taken.percent, taken.error) == ("running", second, 0, "")
    assert taken.leased_until
    assert taken.leased_until < timezone.now()


def test_a_job_that_failed_waits_longer_each_time() -> None:
    add("a")
    pauses = []
    for _ in range(TRIES - 1):
        job = Job.objects.take("worker-1")
        assert job is not None
        before = timezone.now()
        job.retry("it rained")
        assert (job.state, job.error) == ("waiting", "it rained")
        assert Job.objects.take("worker-1") is None  # not before its pause is over
        pauses.append((job.run_after - before).total_seconds())
        make_ripe(job)
    assert [round(pause) for pause in pauses] == [10, 20, 40, 80]


def test_after_the_last_try_it_is_dead_and_says_why() -> None:
    job = add("a")
    for number in range(TRIES):
        make_ripe(job)
        taken = Job.objects.take("worker-1")
        assert taken is not None
        taken.retry(f"reason {number}")
    job.refresh_from_db()
    assert (job.state, job.error, job.tries) == ("dead", f"reason {TRIES - 1}", TRIES)
    assert job.ended_at
    assert Job.objects.take("worker-1") is None


def test_a_job_that_kills_its_workers_is_buried() -> None:
    job = add("a")
    for number in range(TRIES):
        assert Job.objects.take(f"worker-{number}") is not None
        let_lease_run_out(job)
    buried = Job.objects.take("worker-9")
    assert buried is not None
    assert buried.state == "dead"
    assert buried.error == "its worker died each time it was tried"
    assert Job.objects.take("worker-9") is None


def test_a_job_that_is_done_stays_done() -> None:
    add("a")
    job = Job.objects.take("worker-1")
    assert job is not None
    job.finish()
    assert (job.state, job.percent, job.error) == ("done", 100, "")
    assert job.ended_at
    jobs.enqueue("test.work", key="a")
    assert Job.objects.take("worker-1") is None


def test_a_long_error_keeps_its_end() -> None:
    add("a")
    job = Job.objects.take("worker-1")
    assert job is not None
    job.retry("x" * 9000 + "the reason")
    assert len(job.error) == 4000
    assert job.error.endswith("the reason")


def test_progress_counts_every_state() -> None:
    for key in "abc":
        add(key)
    job = Job.objects.take("worker-1")
    assert job is not None
    job.finish()
    Job.objects.take("worker-1")
    assert Job.objects.progress() == {"waiting": 1, "running": 1, "done": 1, "dead": 0}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_take_the_same_job() -> None:
    for number in range(30):
        add(str(number))
    start, taken = threading.Barrier(2), []

    def crew(name: str) -> None:
        start.wait(5)
        while job := Job.objects.take(name):
            taken.append(job.key)
        connection.close()

    threads = [threading.Thread(target=crew, args=(f"worker-{n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(taken) == 30
    assert set(Counter(taken).values()) == {1}
