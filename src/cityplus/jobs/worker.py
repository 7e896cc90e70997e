"""The worker: takes jobs and delivers the journal until told to stop."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Callable

from django.db import close_old_connections, connections

from cityplus.jobs.kinds import CHORES_EVERY, enqueue_chores, reporting, work_of
from cityplus.jobs.models import Job

log = logging.getLogger(__name__)
PAUSE = 0.5
"""Seconds between looks at an empty queue: what a new job waits at most when nothing wakes the worker."""
RENEWAL = 30
"""Seconds between renewals of the lease of a job in hand."""


def run_one(name: str, *, urgent: bool = False) -> bool:
    """Do the next job, if there is one, or the next urgent one. A job that fails is put back or buried; its error is kept in its row."""
    job = Job.objects.take(name, urgent=urgent)
    if job is None:
        return False
    if job.state == "dead":
        return True
    beat = threading.Event()
    renewer = threading.Thread(target=_renew, args=(job, beat), daemon=True)
    renewer.start()
    try:
        with reporting(job.report):
            work_of(job.kind)(**job.args)
    except Exception as error:  # a job may fail in any way; the worker must live
        log.warning("job %s failed, try %d: %s", job.key, job.tries, error)
        job.retry(traceback.format_exc())
    else:
        job.finish()
    finally:
        beat.set()
        renewer.join()
    return True


def _renew(job: Job, done: threading.Event) -> None:
    while not done.wait(RENEWAL):
        try:
            job.renew()
        except Exception:  # the next renewal may succeed, and the lease bears missing some
            log.exception("the lease of job %s could not be renewed; trying again", job.key)
    connections.close_all()


def work(stop: threading.Event, threads: int, chores: Callable[[], int]) -> None:
    """Work with so many threads until ``stop`` is set, and one more that takes urgent jobs only, doing ``chores`` (journal
    delivery) between; returns when the jobs in hand are done."""
    name = f"{socket.gethostname()[:40]}:{os.getpid()}"
    crew = [threading.Thread(target=_loop, args=(stop, f"{name}:{i}")) for i in range(threads)]
    crew.append(threading.Thread(target=_loop, args=(stop, f"{name}:urgent"), kwargs={"urgent": True}))
    for thread in crew:
        thread.start()
    due = time.monotonic()
    while not stop.is_set():
        close_old_connections()
        try:
            if time.monotonic() >= due:
                enqueue_chores()
                due += CHORES_EVERY.total_seconds()
            busy = chores()
        except Exception:
            log.exception("the journal could not be delivered, or the chores enqueued; trying again")
            busy = 0
        stop.wait(0.05 if busy else PAUSE)
    for thread in crew:
        thread.join()
    connections.close_all()


def _loop(stop: threading.Event, name: str, *, urgent: bool = False) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            idle = not run_one(name, urgent=urgent)
        except Exception:
            log.exception("the queue could not be read; trying again")
            idle = True
        if idle:
            stop.wait(PAUSE)
    connections.close_all()
