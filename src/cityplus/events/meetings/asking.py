"""The parties, wishes and halls of an event as a problem of :mod:`cityplus.lib.slots`, and the timetable that holds as its answer."""

from __future__ import annotations

from cityplus.events.models import Meeting, Party, Side, Timetable, Wish
from cityplus.lib import slots
from cityplus.lib.matching import Level


def key_of(party: int) -> str:
    """Keys are compared as words: the order of the numbers stays."""
    return f"{party:020}"


def problem_of(timetable: Timetable) -> slots.Problem:
    """What is asked of the timetable as things are now."""
    starts = timetable.slots()
    present = Party.objects.present().filter(timetable=timetable).select_related("registration").order_by("pk")
    refused: dict[int, set[int]] = {}
    wishes: dict[int, list[Wish]] = {}
    for wish in Wish.objects.filter(party__timetable=timetable):
        if wish.level == Level.NO:
            refused.setdefault(wish.party_id, set()).add(wish.other_id)
        else:
            wishes.setdefault(wish.party_id, []).append(wish)
    for caller, other in _called_off(timetable):
        refused.setdefault(caller, set()).add(other)
    parties = []
    for party in present:
        there = [n for n, start in enumerate(starts) if party.is_there(start, timetable.end_of(start))]
        mine = sorted(wishes.get(party.pk, ()), key=lambda wish: (wish.level != Level.MUST, wish.place, wish.pk))
        parties.append(
            slots.Party(
                key_of(party.pk),
                str(party.registration.venue_id),
                frozenset(there),
                tuple(key_of(wish.other_id) for wish in mine),
                frozenset(key_of(pk) for pk in refused.get(party.pk, ())),
            )
        )
    halls = tuple(slots.Hall(str(v.pk), v.tables, v.lines) for v in timetable.event.venues.order_by("pk"))
    return slots.Problem(tuple(map(len, timetable.runs())), halls, tuple(parties), timetable.streak)


def holding(timetable: Timetable) -> dict[slots.Pair, int]:
    """The meetings that hold, by the keys of their parties: the numbers of their slots."""
    numbers = {start: n for n, start in enumerate(timetable.slots())}
    return {slots.pair(*map(key_of, pair)): numbers[m.starts_at] for m, pair in meetings_of(timetable)}


def meetings_of(timetable: Timetable) -> list[tuple[Meeting, tuple[int, int]]]:
    """The meetings that hold, each with the keys of its two parties, the smaller first."""
    found: dict[int, list[int]] = {}
    for meeting, party in Side.objects.filter(meeting__timetable=timetable, over=False).values_list("meeting", "party"):
        found.setdefault(meeting, []).append(party)
    rows = Meeting.objects.filter(timetable=timetable, over_at=None)
    return [(row, (min(found[row.pk]), max(found[row.pk]))) for row in rows]


def _called_off(timetable: Timetable) -> list[tuple[int, int]]:
    """Who called a meeting off, and with whom it was."""
    gone = Meeting.objects.filter(timetable=timetable, over_for__isnull=False)
    rows = Side.objects.filter(meeting__in=gone).values_list("meeting__over_for", "party")
    return [(caller, party) for caller, party in rows if caller != party]
