"""``POST /live/doors/``: what phones at the doors send, kept in groups, each answered when that is durable. And the stream of the console.

``{"pass", "device", "now", "after", "scans": [{"nonce", "at", "leaves", "how", "code" | "registration", "reason"}]}``, moments in
milliseconds. The answer: ``{"beat", "scans": [{"nonce", "outcome", …}], "news": [{"registration", "inside", "at", "venue"}]}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cityplus import live
from cityplus.events.doors.access import may_lead, read_pass
from cityplus.events.doors.taking import Seen, Sent, Told, said_by, take_all
from cityplus.events.models import Attendance, Event, Registration, Scan
from cityplus.journal.models import Entry
from cityplus.live.committing import Away, Committer, Full

NONCE, DEVICE = re.compile(r"[A-Za-z0-9_-]{8,64}"), re.compile(r"[A-Za-z0-9_-]{8,32}")
LIMIT, MOST, LATEST = 64 * 1024, 100, 8.64e15
"""Bytes and scans at a time, and the last moment that a clock of a browser can show."""
HOWS = ("code", "typed", "hand")


def _keep(sent: Sequence[Sent], now: datetime) -> Sequence[Told]:
    return take_all(sent, now)


committer = Committer("doors", _keep)


@live.answer("doors", "POST", limit=LIMIT, close=committer.close)
async def doors(asked: live.Asked) -> live.Answer:
    """Keep scans, and say what they came to. 503: ask again; 404: whoever sends opens no door here any more."""
    try:
        sent = _read(json.loads(asked.body))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return _answer(400, {"refusal": "form"})
    try:
        told = await committer.keep(sent)
    except (Full, Away):
        return _answer(503, {"refusal": "busy"}, (b"retry-after", b"1"))
    if told.refusal:
        return _answer(404, {"refusal": told.refusal})
    return _answer(
        200, {"beat": told.beat, "scans": [told_of(one) for one in told.scans], "news": [news_of(a) for a in told.news]}
    )


def _read(said: dict[str, Any]) -> Sent:
    device, scans = str(said["device"]), said["scans"]
    if not DEVICE.fullmatch(device) or not isinstance(scans, list) or len(scans) > MOST:
        raise ValueError("no device")
    after = min(max(int(said["after"]), 0), 2**63 - 1)
    return Sent(read_pass(str(said["pass"])), device, _moment(said["now"]), after, tuple(map(_seen, scans)))


def _seen(said: dict[str, Any]) -> Seen:
    nonce, how = str(said["nonce"]), str(said["how"])
    if not NONCE.fullmatch(nonce) or how not in HOWS:
        raise ValueError("no scan")
    registration = min(max(int(said.get("registration") or 0), 0), 2**63 - 1)
    code, reason = said_by(said.get("code") or "", 400), said_by(said.get("reason") or "", 300)
    return Seen(nonce, _moment(said["at"]), bool(said.get("leaves")), how, code, registration, reason)


def _moment(milliseconds: Any) -> datetime:
    """A moment of a phone, however wrong its clock goes."""
    return datetime.fromtimestamp(min(max(float(milliseconds), 0), LATEST / 50) / 1000, UTC)


def _answer(status: int, body: dict[str, Any], *headers: tuple[bytes, bytes]) -> live.Answer:
    return live.Answer(status, json.dumps(body, ensure_ascii=False).encode(), "application/json", headers)


def told_of(scan: Scan) -> dict[str, Any]:
    """A scan as a phone hears of it: what it came to, whose it is, and against which entering it stands."""
    found: dict[str, Any] = {"nonce": scan.nonce, "outcome": scan.outcome}
    if scan.registration:
        organisation = scan.registration.organisation
        found |= {"registration": scan.registration_id, "name": scan.registration.name}
        found["organisation"] = organisation.actor.native_name if organisation else ""
    if scan.against:
        found["since"] = {"at": _milliseconds(scan.against.at), "venue": scan.against.venue_id}
    return found


def news_of(row: Attendance) -> dict[str, Any]:
    at = _milliseconds(row.last_at)
    return {"registration": row.registration_id, "inside": row.inside, "at": at, "venue": row.venue_id}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def may_listen(person: Any, part: str) -> bool:
    if not (part.isascii() and part.isdecimal() and len(part) < 19):
        return False
    event = Event.objects.filter(pk=int(part)).first()
    return event is not None and may_lead(person, event)


@live.stream("event-doors", may=may_listen, every=0.5)
def console(after: int) -> list[live.Event]:
    """That something changed at the doors of an event, or in its registrations; the console brings itself anew."""
    entries = Entry.objects.all()
    rows = entries.order_by("-id")[:1] if after < 0 else entries.filter(id__gt=after).order_by("id")[:500]
    return [live.Event(row.id, {}, _part(row)) for row in rows]


def _part(entry: Entry) -> str:
    """The event that an entry is about; of all others nobody hears."""
    if entry.subject == Event._meta.label_lower:
        return str(entry.subject_id)
    return str(entry.data.get("event", "")) if entry.subject == Registration._meta.label_lower else ""
