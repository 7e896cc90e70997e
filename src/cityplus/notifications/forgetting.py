"""Forgetting: notices that were read long ago, those that no page shows, and those of actors that are gone."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cityplus import jobs
from cityplus.actors.models import Actor
from cityplus.notifications.models import Notice

PIECE = 2_000
"""Rows that go at a time, so that giving is never kept waiting for long."""


@jobs.chore("notifications.forget")
def forget() -> None:
    before = timezone.now() - timedelta(days=settings.CITYPLUS.notices_days)
    old = Q(read_at__lt=before) | Q(shown=False, given_at__lt=before)
    there = Actor.objects.filter(pk=OuterRef("actor"))
    while _forget(Notice.objects.filter(old)):
        pass
    while some := _forget(Notice.objects.filter(~Exists(there), actor__gt=0)):
        _crown(some)


def _forget(which: QuerySet[Notice]) -> list[Notice]:
    """Delete some of these, the oldest first, so that heads go last."""
    rows = list(which.order_by("pk")[:PIECE])
    Notice.objects.filter(pk__in=[notice.pk for notice in rows]).delete()
    return rows


def _crown(lost: list[Notice]) -> None:
    """A group whose newest notice was of an actor that is gone gets another head."""
    for notice in lost:
        if notice.head:
            left = Notice.objects.filter(
                person=notice.person_id,
                kind=notice.kind,
                subject=notice.subject,
                subject_id=notice.subject_id,
                read_at=notice.read_at,
            )
            newest = left.order_by("-pk").values_list("pk", flat=True).first()
            if newest is not None:
                Notice.objects.filter(pk=newest).update(head=True)
