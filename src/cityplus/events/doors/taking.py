"""From what phones send to scans: by event, each in one transaction behind the lock of the event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from cityplus import journal
from cityplus.events.doors import access, codes
from cityplus.events.doors.access import Keeper, Pass
from cityplus.events.doors.merging import Mark, merge
from cityplus.events.models import Attendance, Event, OldCode, Registration, Scan, Ticket

SKEW = timedelta(seconds=3)
"""A clock that goes wrong by more than this is put right by the server's."""
OLDEST = timedelta(days=7)
KNOWN = ("hand", "walk-in")
"""Ways in which a registration is named instead of a code."""
COUNTED = ("entered", "again", "inside", "left", "outside")
"""Outcomes of scans that count; all others say why one does not."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One scan as a phone tells it; ``registration`` where it was entered by hand."""

    nonce: str
    at: datetime
    leaves: bool = False
    how: str = "code"
    code: str = ""
    registration: int = 0
    reason: str = ""


def said_by(text: object, most: int) -> str:
    """Words of a browser as a database takes them: without what is no letter, and not too long."""
    return str(text).encode(errors="ignore").decode().replace("\x00", "").strip()[:most]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sends at a time: who, which door, which device, its clock now, its scans, and the beat up to which it has heard."""

    given: Pass
    device: str
    now: datetime
    after: int = 0
    seen: tuple[Seen, ...] = ()


@dataclass(slots=True)
class Told:
    """What it is told: its scans as they are now (also earlier ones that were overtaken), who came or went elsewhere since, and the beat.
    ``refusal`` is set when there is no such door for it."""

    refusal: str = ""
    beat: int = 0
    scans: list[Scan] = field(default_factory=list)
    news: list[Attendance] = field(default_factory=list)


NEWS = 1_000
"""Attendances in one answer; the rest comes with the next."""


def take_all(sent: Sequence[Sent], now: datetime) -> list[Told]:
    """What became of each. Nothing of it is told before it is durable; a nonce that is known changes nothing."""
    told = [Told(refusal="link") for _one in sent]
    by_event: dict[int, list[int]] = {}
    for index, one in enumerate(sent):
        by_event.setdefault(one.given.event, []).append(index)
    for event, indices in sorted(by_event.items()):
        for index, answer in zip(indices, _at_event(event, [sent[i] for i in indices], now), strict=True):
            told[index] = answer
    return told


def _at_event(pk: int, sent: Sequence[Sent], now: datetime) -> list[Told]:
    with transaction.atomic():
        journal.queue_up()  # before the event, as changing it does
        event = Event.objects.select_for_update(no_key=True).filter(pk=pk).first()
        venues = set(event.venues.values_list("pk", flat=True)) if event else set()
        passes = {one.given: _keeper(event, venues, one.given) for one in sent}
        if event is None:
            return [Told(refusal="link") for _one in sent]
        _write(event, [(one, who) for one in sent if (who := passes[one.given])], now)
        return [_tell(event, one) if passes[one.given] else Told(refusal="link") for one in sent]


def _keeper(event: Event | None, venues: set[int], given: Pass) -> Keeper | None:
    if event is None or given.venue not in venues or not access.has_doors(event):
        return None
    return access.keeper(given, event)


def write_one(event: Event, one: Sent, who: Keeper, now: datetime) -> Scan:
    """Take one scan, of a page without a script; it must be in the transaction of its caller."""
    journal.queue_up()
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    _write(event, [(one, who)], now)
    rows = Scan.objects.select_related("registration__organisation__actor", "against__venue", "venue")
    return rows.get(event=event, nonce=one.seen[0].nonce)


def _write(event: Event, sent: Iterable[tuple[Sent, Keeper]], now: datetime) -> None:
    came = {seen.nonce: (one, who, seen) for one, who in sent for seen in reversed(one.seen)}
    known = set(Scan.objects.filter(event=event, nonce__in=list(came)).values_list("nonce", flat=True))
    fresh = {nonce: all_ for nonce, all_ in came.items() if nonce not in known}
    if not fresh:
        return
    found = _registrations(event, [(seen, _moment(one, seen, now)) for one, _who, seen in fresh.values()])
    rows = [_row(event, one, who, seen, found, now) for one, who, seen in fresh.values()]
    entry = journal.record(
        "event.scanned", event, handle=event.host.handle, quiet=True, by=rows[0].by, event=event.pk, scans=len(rows)
    )
    for row in rows:
        row.beat = entry.pk
    Scan.objects.bulk_create(rows)
    _merge(event, {row.registration_id for row in rows if row.registration_id and not row.outcome}, entry.pk)


def _moment(one: Sent, seen: Seen, now: datetime) -> datetime:
    """When it happened, by a clock that is put right where it goes wrong."""
    off = now - one.now
    at = seen.at if abs(off) <= SKEW else seen.at + off
    return min(max(at, now - OLDEST), now)


def _registrations(event: Event, came: Sequence[tuple[Seen, datetime]]) -> dict[str, tuple[Registration | None, str]]:
    """By nonce whose scan it is, or the word that says why it is nobody's."""
    read = {one.nonce: codes.read(one.code) for one, _at in came if one.how not in KNOWN}
    digests = {code.digest for code in read.values() if code}
    tickets = Ticket.objects.filter(digest__in=digests).select_related("registration")
    by_digest = {ticket.digest: ticket.registration for ticket in tickets}
    by_hand = Registration.objects.filter(event=event).in_bulk(
        [one.registration for one, _at in came if one.how in KNOWN]
    )
    replaced = OldCode.objects.filter(digest__in=digests, registration__event=event).select_related("registration")
    old = {one.digest: one for one in replaced}
    found: dict[str, tuple[Registration | None, str]] = {}
    for one, at in came:
        if one.how in KNOWN:
            theirs = by_hand.get(one.registration)
            found[one.nonce] = (theirs, "" if theirs and one.reason else "unknown")
            continue
        code = read[one.nonce]
        registration = by_digest.get(code.digest) if code else None
        gone = old.get(code.digest) if code else None
        if code is None or (code.event is not None and not code.genuine):
            found[one.nonce] = (None, "forged" if code else "unknown")
        elif code.event not in {None, event.pk} or (registration and registration.event_id != event.pk):
            found[one.nonce] = (None, "elsewhere")
        elif gone:  # a scan from before it was replaced was good then
            found[one.nonce] = (gone.registration, "" if gone.ended_at > at else "renewed")
        else:
            found[one.nonce] = (registration, "" if registration else "unknown")
    return found


def _row(
    event: Event,
    one: Sent,
    who: Keeper,
    seen: Seen,
    found: dict[str, tuple[Registration | None, str]],
    now: datetime,
) -> Scan:
    registration, refusal = found[seen.nonce]
    at = _moment(one, seen, now)
    if registration and not refusal:
        refusal = _refusal(registration, one.given.venue, seen, at)
    return Scan(
        event=event,
        venue_id=one.given.venue,
        registration=registration,
        device=one.device,
        nonce=seen.nonce,
        leaves=seen.leaves,
        how=seen.how,
        at=at,
        received_at=now,
        by=who.name,
        reason=seen.reason,
        outcome=refusal,
    )


def _refusal(registration: Registration, venue: int, seen: Seen, at: datetime) -> str:
    """Why a registration opens nothing: it is not confirmed, or not for this hall. One that was cancelled afterwards was good then."""
    late = registration.state == "cancelled" and registration.cancelled_at and registration.cancelled_at > at
    if registration.state != "confirmed" and not late:
        return registration.state
    return "hall" if registration.venue_id != venue and seen.how not in KNOWN else ""


def _merge(event: Event, registrations: set[int], beat: int) -> None:
    """Bring outcomes and attendance of these to what all their scans come to."""
    by_registration: dict[int, list[Scan]] = {pk: [] for pk in registrations}
    rows = Scan.objects.filter(registration__in=registrations, outcome__in=["", *COUNTED])
    for row in rows:
        by_registration[row.registration_id or 0].append(row)
    changed: list[Scan] = []
    there: list[Attendance] = []
    for pk, scans in by_registration.items():
        by_nonce = {scan.nonce: scan for scan in scans}
        merged = merge(Mark(s.at, s.device, s.nonce, s.leaves, s.how == "hand") for s in scans)
        for nonce, scan in by_nonce.items():
            against = by_nonce.get(merged.against.get(nonce, ""))
            if (scan.outcome, scan.against_id) != (merged.outcomes[nonce], against and against.pk):
                scan.outcome, scan.against, scan.beat = merged.outcomes[nonce], against, beat
                changed.append(scan)
        if merged.first and merged.last:
            last = by_nonce[merged.last.nonce]
            facts = {
                "inside": merged.inside,
                "first_at": merged.first.at,
                "last_at": last.at,
                "venue_id": last.venue_id,
            }
            there.append(Attendance(event=event, registration_id=pk, beat=beat, **facts))
    Scan.objects.bulk_update(changed, ["outcome", "against", "beat"])
    Attendance.objects.bulk_create(
        there,
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["inside", "first_at", "last_at", "venue", "beat"],
    )


def _tell(event: Event, one: Sent) -> Told:
    scans = Scan.objects.filter(event=event).select_related(*_WITH)
    mine = scans.filter(nonce__in=[seen.nonce for seen in one.seen])
    overtaken = scans.filter(device=one.device, beat__gt=one.after).order_by("beat", "pk")
    rows = {row.pk: row for row in [*mine, *overtaken[:NEWS]]}
    news = list(Attendance.objects.filter(event=event, beat__gt=one.after).order_by("beat", "pk")[: NEWS + 1])
    beats = [scan.beat for scan in rows.values()]
    if len(news) > NEWS:  # whole beats only, so that none is cut in two; what one beat has is at most a batch
        last = news[-1].beat
        news = [row for row in news if row.beat < last] or list(Attendance.objects.filter(event=event, beat=last))
        beats = []  # scans may be newer than what the next answer brings
    return Told(beat=max([one.after, *beats, *(row.beat for row in news)]), scans=list(rows.values()), news=news)


_WITH = ("registration__organisation__actor", "against__venue", "venue")
