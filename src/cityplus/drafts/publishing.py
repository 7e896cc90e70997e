"""Publishing at a moment that was set beforehand."""

from __future__ import annotations

from django.db import transaction
from django.utils.dateparse import parse_datetime

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.drafts.errors import NotAllowed, NotReady
from cityplus.drafts.models import Draft


@jobs.job("drafts.publish")
def publish(draft: int, moment: str) -> None:
    """Publish a draft whose moment has come, unless it was set to another one meanwhile. What keeps it back stands in the draft."""
    found = Draft.objects.filter(pk=draft, publish_at=parse_datetime(moment)).first()
    if found is None:
        return
    try:
        found.publish(by=found.scheduled_by)
    except (NotReady, NotAllowed) as problem:
        with transaction.atomic():
            Draft.objects.filter(pk=draft).update(problem=str(problem), publish_at=None)
            journal.record("draft.held", found, handle=found.owner.handle, by="", reason=str(problem))


def pass_on(owner: Actor, leaver: str, successor: str) -> int:
    """What one person has set for a moment is published in the name of another; returns how many drafts those are."""
    return Draft.objects.filter(owner=owner, publish_at__isnull=False, scheduled_by=leaver).update(
        scheduled_by=successor
    )
