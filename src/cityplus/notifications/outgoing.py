"""What goes out of the house for a notice waits as jobs, in the transaction that gives it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cityplus import jobs

if TYPE_CHECKING:
    from cityplus.notifications.models import Notice, Wishes


def digest(wishes: Wishes, now: datetime) -> None:
    """Have the next digest of this person made when it is due; asking again changes nothing."""
    if due := wishes.next_due(now):
        jobs.enqueue(
            "notifications.digest",
            key=f"{wishes.person_id}:{due:%Y-%m-%dT%H:%MZ}",
            not_before=due,
            person=wishes.person_id,
            due=due.isoformat(),
        )


def push(notice: Notice) -> None:
    """Have it pushed to every device of its person: a job for each, so that one that does not answer is asked again alone."""
    from cityplus.notifications.models import Device  # noqa: PLC0415 - models load after apps

    for device in Device.objects.filter(person=notice.person_id).values_list("pk", flat=True):
        jobs.enqueue("notifications.push", key=f"{notice.pk}:{device}", notice=notice.pk, device=device)
