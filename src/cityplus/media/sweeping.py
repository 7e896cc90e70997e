"""Taking away what was begun and not finished, and what nothing points to any more; and looking whether all is there.

Files are in the store before their rows are, so a crash in between leaves a file without a row: after a day it is swept.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from cityplus import jobs
from cityplus.media import store
from cityplus.media.holding import keep_others_out
from cityplus.media.models import Medium, Rendition

log = logging.getLogger(__name__)
GRACE = timedelta(hours=24)
"""How long a file may lie in the store before its row is written."""
FOLDERS = ("originals", "renditions")
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Swept:
    """What was taken away: files without a row, workbenches that nobody works at, uploads that were never finished."""

    files: int
    bytes: int
    benches: int
    begun: int


@jobs.chore("media.sweep")
def sweep(grace_hours: float = GRACE / timedelta(hours=1)) -> Swept:
    """Sweep the store; the worker does it when it starts and every day."""
    before = timezone.now() - timedelta(hours=grace_hours)
    benches = _sweep_benches()
    files = size = 0
    for old in _batches(key_and_size for key_and_size in _listing(before)):
        gone = _remove_orphans(dict(old))
        files, size = files + len(gone), size + sum(gone.values())
    swept = Swept(files, size, benches, store.shelf().give_up(before))
    if swept != Swept(0, 0, 0, 0):
        log.info("swept: %s", swept)
    return swept


def _listing(before: Any) -> Iterator[tuple[str, int]]:
    for folder in FOLDERS:
        for key, size, written in store.shelf().listing(folder):
            if written < before:
                yield key, size


def _batches(items: Iterator[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    while batch := list(islice(items, _BATCH)):
        yield batch


def _remove_orphans(files: dict[str, int]) -> dict[str, int]:
    """Remove those without a row; asked once without a lock, and those that have none once more with it."""
    if not (orphans := files.keys() - _with_rows(files)):
        return {}
    with transaction.atomic():
        keep_others_out()
        gone = {key: files[key] for key in orphans - _with_rows(orphans)}
        for key in gone:
            store.shelf().remove(key)
    return gone


def _with_rows(keys: Any) -> set[str]:
    originals = Medium.objects.filter(original__in=keys).values_list("original", flat=True)
    return {*originals, *Rendition.objects.filter(key__in=keys).values_list("key", flat=True)}


def _sweep_benches() -> int:
    gone = 0
    if store.benches().is_dir():
        for bench in store.benches().iterdir():
            if bench.is_dir() and store.abandoned(bench):
                shutil.rmtree(bench, ignore_errors=True)
                gone += 1
    return gone


def missing(*, deep: bool = False) -> Iterator[str]:
    """A sentence for every row whose file is not there whole; ``deep`` reads every original and compares its hash."""
    for medium in Medium.objects.select_related("owner").iterator():
        if problem := _problem(medium.original, medium.bytes, medium.sha256 if deep else ""):
            yield f"{medium}: the original {problem}"
    for rendition in Rendition.objects.select_related("medium__owner").iterator():
        if problem := _problem(rendition.key, rendition.bytes):
            yield f"{rendition.medium}: its rendition {rendition.key} {problem}"


def _problem(key: str, size: int, digest: str = "") -> str:
    try:
        reading = store.read(key)
    except FileNotFoundError:
        return "is missing"
    reading.close()
    if reading.size != size:
        return f"has {reading.size} bytes instead of {size}"
    if digest:
        with store.local(key) as path:
            return "" if store.digest(path) == digest else "has other bytes than it had"
    return ""
