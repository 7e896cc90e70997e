"""Taking away what was begun and not finished, and what nothing points to any more; and looking whether all is there.

Files are in the store before their rows are, so a crash in between leaves a file without a row. A file is swept when it has had
none for some hours, and not at once: whoever copies the network takes the database first and the files after it.
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
from cityplus.media.models import Medium, Piece, Rendition, Stray

log = logging.getLogger(__name__)
GRACE = timedelta(hours=12)
"""How long a file may have been seen without a row. With chores every six hours it is gone within a day."""
FOLDERS = ("originals", "renditions", "uploads")
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
    """Sweep the store; the worker does it when it starts and some times a day."""
    grace = timedelta(hours=grace_hours)
    benches = _sweep_benches()
    files = size = 0
    for batch in _batches((key, size) for folder in FOLDERS for key, size, _ in store.shelf().listing(folder)):
        gone = _remove_strays(dict(batch), grace)
        files, size = files + len(gone), size + sum(gone.values())
    Stray.objects.filter(seen_at__lte=timezone.now() - grace).delete()  # those that went by another way
    swept = Swept(files, size, benches, store.shelf().give_up(timezone.now() - grace))
    if swept != Swept(0, 0, 0, 0):
        log.info("swept: %s", swept)
    return swept


def _batches(items: Iterator[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    while batch := list(islice(items, _BATCH)):
        yield batch


def _remove_strays(files: dict[str, int], grace: timedelta) -> dict[str, int]:
    """Remember those without a row, and remove those that have had none for long enough: asked once more under the lock."""
    if not (strays := files.keys() - _with_rows(files)):
        return {}
    Stray.objects.bulk_create([Stray(key=key) for key in strays], ignore_conflicts=True)
    with transaction.atomic():
        keep_others_out()
        due = Stray.objects.filter(key__in=strays, seen_at__lte=timezone.now() - grace)
        gone = {key: files[key] for key in {stray.key for stray in due} - _with_rows(strays)}
        for key in gone:
            store.shelf().remove(key)
        Stray.objects.filter(key__in=gone).delete()
    return gone


def _with_rows(keys: Any) -> set[str]:
    originals = Medium.objects.filter(original__in=keys).values_list("original", flat=True)
    pieces = Piece.objects.filter(key__in=keys).values_list("key", flat=True)
    return {*originals, *pieces, *Rendition.objects.filter(key__in=keys).values_list("key", flat=True)}


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
