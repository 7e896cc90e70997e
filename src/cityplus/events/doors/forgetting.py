"""What doors keep of somebody, let go when the registration is forgotten: the ticket, and reasons in words. That one came stays, for the
numbers."""

from __future__ import annotations

from cityplus import journal
from cityplus.events.models import OldCode, Scan, Ticket
from cityplus.journal.models import Entry


@journal.subscribe("events.doors", "registration.forgotten")
def follow(entry: Entry) -> None:
    for kind in (Ticket, OldCode):
        kind.objects.filter(registration=entry.subject_id).delete()
    Scan.objects.filter(registration=entry.subject_id).exclude(reason="").update(reason="")
