"""The kinds of job. A room plugs its functions in from ``apps.ready()``; any process may enqueue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils import timezone

Work = Callable[..., object]
W = TypeVar("W", bound=Work)
URGENT = 0
"""The priority of jobs that a person waits for, such as a letter: a thread of the worker takes nothing else."""
_report: ContextVar[Callable[[int], None] | None] = ContextVar("report", default=None)
_kinds: dict[str, Work] = {}
_chores: set[str] = set()
CHORES_EVERY = timedelta(hours=6)


def job(kind: str) -> Callable[[W], W]:
    """Plug a function in as the work of a kind. It is called with the job's arguments by name, may be called again after a
    crash, and must then come to the same end."""

    def plug(work: W) -> W:
        _kinds[kind] = work
        return work

    return plug


def chore(kind: str) -> Callable[[W], W]:
    """Plug a function in as a job that nobody asks for: it is done when a worker starts, and every six hours from then on."""

    def plug(work: W) -> W:
        _chores.add(kind)
        return job(kind)(work)

    return plug


def enqueue_chores() -> None:
    """Enqueue every chore that is not waiting or in hand already, and forget those that were done a month ago."""
    from cityplus.jobs.models import Job  # noqa: PLC0415 - models load after apps

    now = timezone.now()
    for kind in sorted(_chores):
        Job.objects.filter(kind=kind, state="done", ended_at__lt=now - timedelta(days=30)).delete()
        if not Job.objects.filter(kind=kind, state__in=("waiting", "running")).exists():
            enqueue(kind, key=now.isoformat(timespec="seconds"), priority=9)


def work_of(kind: str) -> Work:
    """The function of a kind.

    Raises:
        LookupError: no room has plugged it in (an older or newer version may have enqueued it).
    """
    try:
        return _kinds[kind]
    except KeyError:
        raise LookupError(f"no room does jobs of the kind {kind}") from None


_derived: dict[str, str] = {}


def derived(prefix: str, kind: str) -> None:
    """Say that the tables whose names begin so hold nothing that a job of this kind could not make anew from all the others:
    a backup leaves them out, and a network that was restored has the job waiting. It is called without arguments."""
    _derived[prefix] = kind


def derivations() -> dict[str, str]:
    """What is derived: the kind of the job that makes it, by the head of the tables' names."""
    return dict(_derived)


def enqueue(kind: str, *, key: str, priority: int = 5, not_before: datetime | None = None, **args: Any) -> None:
    """Add a job in the open transaction; a job with the same key that exists already stays as it is."""
    from cityplus.jobs.models import Job  # noqa: PLC0415 - models load after apps

    job = Job(key=f"{kind}:{key}", kind=kind, args=args, priority=priority)
    if not_before:
        job.run_after = not_before
    Job.objects.bulk_create([job], ignore_conflicts=True)


def report(percent: int) -> None:
    """Say from inside a job how far it has come, 0 to 100; does nothing when no job is in hand."""
    tell = _report.get()
    if tell:
        tell(percent)


@contextmanager
def reporting(tell: Callable[[int], None]) -> Iterator[None]:
    """Have :func:`report` reach this job while the block runs; the worker opens it."""
    token = _report.set(tell)
    try:
        yield
    finally:
        _report.reset(token)
