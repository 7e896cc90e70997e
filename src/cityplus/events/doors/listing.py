"""The list that a phone keeps for when it has no line: who may enter, without a code in it, signed. Who does not come has no name."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Max
from django.utils import timezone

from cityplus.events.doors import codes
from cityplus.events.doors.access import AFTERWARDS
from cityplus.events.models import Attendance, Event, OldCode, Registration, Scan, Ticket
from cityplus.events.models.seat import OPEN

SHOWN = ("confirmed", "waiting", "asked", "cancelled", "refused")


def list_of(event: Event) -> dict[str, Any]:
    """``{"list", "signature", "key"}``: the list is JSON in a string, which is what is signed. Each row is ``[registration, name,
    organisation, state, hall, digest of the code or empty, inside, since]``; ``old`` has the digests of codes that were replaced;
    ``until`` is when the phone forgets it."""
    beats = [
        model.objects.filter(event=event).aggregate(n=Max("beat"))["n"] or 0 for model in (Attendance, Scan)
    ]  # before the rows: what comes in between is told again by the next answer
    _make_tickets(event)
    rows = Registration.objects.filter(event=event, state__in=SHOWN).order_by("name", "pk")
    columns = (
        "pk", "name", "organisation__actor__names", "state", "venue", "ticket__digest", "attendance__inside",
        "attendance__last_at",
    )  # fmt: skip
    body = {
        "event": event.pk,
        "made": _milliseconds(timezone.now()),
        "until": _milliseconds(event.ends_at + AFTERWARDS),
        "beat": max(beats),
        "old": list(OldCode.objects.filter(registration__event=event).order_by("pk").values_list("digest", flat=True)),
        "rows": [
            [pk, *_called(state, name, names), state, venue, digest or "", bool(inside), _milliseconds(at)]
            for pk, name, names, state, venue, digest, inside, at in rows.values_list(*columns).iterator(2_000)
        ],
    }
    said = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return {"list": said, "signature": codes.sign_list(said), "key": codes.public_key()}


def _make_tickets(event: Event) -> None:
    """Tickets are made when somebody looks at them; a phone without a line knows the letters of a code by its list alone."""
    lacking = list(Registration.objects.filter(event=event, state="confirmed", ticket=None))
    for start in range(0, len(lacking), 1_000):
        Ticket.for_all(lacking[start : start + 1_000])


def _called(state: str, name: str, names: Any) -> tuple[str, str]:
    return (name, str(names) if names else "") if state in OPEN else ("", "")


def _milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000) if moment else 0
