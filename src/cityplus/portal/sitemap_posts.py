"""The public posts in the sitemap: those of the last weeks, a part a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cityplus.lib.ids import id_at, moment_of
from cityplus.social.models import Entry
from cityplus.web.addresses import bare

DAYS = 60
MOST = 3_000
"""Posts of a day. With seven languages a part has at most 21,000 addresses."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def days() -> Iterator[int]:
    """The days (counted from 1970) of the last weeks on which something was posted, the newest first. Each is one look into the index."""
    before = id_at(timezone.now() + timedelta(days=1))
    first = id_at(timezone.now() - timedelta(days=DAYS))
    while newest := _listed().filter(id__lt=before, id__gte=first).order_by("-id").values_list("id", flat=True).first():
        day = (moment_of(newest) - _EPOCH).days
        yield day
        before = _start(day)


def paths(day: int) -> Iterator[str]:
    """The addresses of the posts of a day, without their language."""
    if not 0 <= day <= 100_000:
        return
    found = _listed().filter(id__gte=_start(day), id__lt=_start(day + 1)).order_by("-id")[:MOST]
    for handle, post in found.values_list("actor__handle", "post").iterator(chunk_size=500):
        yield bare(reverse("social:post", args=[handle, post]))


def _listed() -> QuerySet[Entry]:
    return Entry.objects.filter(listed=True)


def _start(day: int) -> int:
    return id_at(_EPOCH + timedelta(days=day))
