"""What the worker does by the calendar: hosts, desks and sides are reminded, what is over lapses. Each once, whoever comes second."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cityplus import jobs
from cityplus.opportunities.models import Care, Interest, Opportunity
from cityplus.opportunities.models.interest import PATIENCE

NOTICE = timedelta(days=14)
"""How long before its day a host is asked whether it still holds."""


@jobs.chore("opportunities.calendar")
def calendar(now: datetime | None = None) -> tuple[int, int, int]:
    """How many hosts were reminded, how many opportunities lapsed, how many desks were reminded."""
    now = now or timezone.now()
    found = Opportunity.objects.filter(state="public")
    soon = found.filter(expires_at__gt=now, expires_at__lte=now + NOTICE, sample=False)
    over = found.filter(expires_at__lte=now)
    due = Care.objects.filter(remind_at__lte=now, reminded_at=None).select_related("interest", "city__actor")
    return (
        sum(one.remind(now) for one in soon.select_related("host", "city__actor").order_by("pk")),
        sum(one.lapse(now) for one in over.select_related("host", "city__actor").order_by("pk")),
        sum(care.come(now) for care in due.order_by("pk")),
    )


@jobs.chore("opportunities.unanswered")
def unanswered(now: datetime | None = None) -> int:
    """How many sides were told that the other waits for their answer. Samples wait for nobody."""
    now = now or timezone.now()
    found = Interest.objects.filter(waits_since__lte=now - PATIENCE, reminded_at=None, opportunity__sample=False)
    return sum(interest.remind(now) for interest in found.order_by("pk"))
