"""What goes out of the house for notices waits as jobs, in the transaction that gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityplus.notifications.models import Notice, Wishes


def digests(wishes: Iterable[Wishes], now: datetime) -> None:
    """Have the next digest of each of these people made when it is due; asking again changes nothing."""
    from cityplus.jobs.models import Job  # noqa: PLC0415 - models load after apps

    dues = [(one.person_id, due) for one in wishes if (due := one.next_due(now))]
    kind = "notifications.digest"
    Job.objects.bulk_create(
        (
            Job(
                kind=kind,
                key=f"{kind}:{person}:{due:%Y-%m-%dT%H:%MZ}",
                run_after=due,
                args={"person": person, "due": due.isoformat()},
            )
            for person, due in dues
        ),
        ignore_conflicts=True,
    )


def pushes(notices: Sequence[Notice]) -> None:
    """Have them pushed to every device of their people: a job for each, so that one that does not answer is asked again alone."""
    from cityplus.jobs.models import Job  # noqa: PLC0415 - models load after apps
    from cityplus.notifications.models import Device  # noqa: PLC0415

    to = {notice.person_id: notice.pk for notice in notices}
    kind = "notifications.push"
    devices = Device.objects.filter(person__in=to).values_list("pk", "person")
    Job.objects.bulk_create(
        (
            Job(kind=kind, key=f"{kind}:{to[person]}:{device}", args={"notice": to[person], "device": device})
            for device, person in devices
        ),
        ignore_conflicts=True,
    )
