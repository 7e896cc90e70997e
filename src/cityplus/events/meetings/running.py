"""Runs: asked for by the organisers, worked out by the worker, and published when the organisers have looked at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import jobs, journal
from cityplus.events.errors import MeetingError
from cityplus.events.meetings.asking import holding, key_of, meetings_of, problem_of
from cityplus.events.models import Meeting, Party, Run, Side, Timetable
from cityplus.lib import slots


def ask(timetable: Timetable, *, by: str) -> Run:
    """Have a timetable worked out; one that waits already is that one, unless the worker gave up. What was worked out before and
    not published is overtaken."""
    with transaction.atomic():
        journal.queue_up()  # before the timetable, as arranging it does
        Timetable.objects.select_for_update(no_key=True).get(pk=timetable.pk)
        waiting = Run.objects.filter(timetable=timetable, state="waiting").first()
        if waiting and not waiting.given_up:
            return waiting
        if waiting:
            Run.objects.filter(pk=waiting.pk).update(state="failed")
        Run.objects.filter(timetable=timetable, state="done").update(state="overtaken")
        run = Run.objects.create(timetable=timetable, asked_by=by)
        jobs.enqueue("events.timetable", key=str(run.pk), priority=2, run=run.pk)
        timetable.record("asked", by, run=run.pk)
    return run


@jobs.job("events.timetable")
def work_out(run: int) -> None:
    """A first timetable is made whole; of one that is published as little as can be is changed."""
    row = Run.objects.select_related("timetable__event").filter(pk=run, state="waiting").first()
    if row is None:
        return

    def tell(percent: int) -> None:
        jobs.report(percent)
        Run.objects.filter(pk=run).update(percent=percent)

    problem, before = problem_of(row.timetable), holding(row.timetable)
    tell(10)
    published = row.timetable.state == "published"
    found = slots.repair(problem, before) if published else slots.solve(problem, tell)
    plan = [[*map(int, pair), slot] for pair, slot in found.items()]
    done = {"state": "done", "percent": 100, "plan": plan, "ended_at": timezone.now()}
    Run.objects.filter(pk=run, state="waiting").update(**done, figures=figures(problem, before, found))


def figures(
    problem: slots.Problem, before: Mapping[slots.Pair, int], found: Mapping[slots.Pair, int]
) -> dict[str, Any]:
    """What a timetable comes to, and what it changes."""
    return {
        "parties": len(problem.parties),
        "meetings": len(found),
        "wishes": sum(map(len, problem.wanted().values())),
        "met": sum(slots.met(problem, found).values()),
        "fairness": slots.fairness(problem, found),
        "new": len(found.keys() - before.keys()),
        "moved": sum(found[pair] != slot for pair, slot in before.items() if pair in found),
        "ended": len(before.keys() - found.keys()),
    }


def publish(run: Run, *, by: str) -> None:
    """Let a timetable hold; whose meetings change is told.

    Raises:
        MeetingError: it is no proposal any more, or somebody has cancelled since it was worked out.
    """
    with transaction.atomic():
        journal.queue_up()  # before the timetable, as arranging it does
        timetable = (
            Timetable.objects.select_for_update(of=("self",), no_key=True)
            .select_related("event")
            .get(pk=run.timetable_id)
        )
        run = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
        if run.state != "done":
            raise MeetingError(_("This timetable is no proposal any more; have a new one worked out."))
        plan = {slots.pair(key_of(one), key_of(other)): slot for one, other, slot in run.plan}
        if slots.faults(problem_of(timetable), plan):
            raise MeetingError(_("Something has changed since this was worked out; have it worked out anew."))
        changed = _apply(timetable, plan)
        Run.objects.filter(pk=run.pk).update(state="published")
        if timetable.state == "open":
            timetable.state, timetable.published_at = "published", timezone.now()
            timetable.save(update_fields=["state", "published_at"])
        timetable.record("published", by, run=run.pk, meetings=len(plan))
        for party in Party.objects.filter(pk__in=changed).order_by("pk"):
            party.record("scheduled", by, run=run.pk)


def _apply(timetable: Timetable, plan: Mapping[slots.Pair, int]) -> set[int]:
    """Make the meetings those of the plan; returns whose changed."""
    starts = timetable.slots()
    changed: set[int] = set()
    wanted = {(int(pair[0]), int(pair[1])): starts[slot] for pair, slot in plan.items()}
    numbers = _Numbers(timetable)
    known = {pair: meeting for meeting, pair in meetings_of(timetable)}
    for pair, meeting in known.items():
        if pair not in wanted:
            meeting.end(None)
            changed.update(pair)
        elif meeting.starts_at != wanted[pair] or not numbers.fit(meeting):
            meeting.sides.all().delete()
            meeting.sequence += 1
    numbers.count()
    for pair, start in sorted(wanted.items()):
        meeting = known.get(pair) or Meeting(timetable=timetable)
        if meeting.pk is None or not meeting.sides.filter(over=False).exists():
            meeting.starts_at, meeting.ends_at = start, timetable.end_of(start)
            meeting.by_line = numbers.halls[pair[0]] != numbers.halls[pair[1]]
            meeting.save()
            numbers.sit(meeting, pair)
            changed.update(pair)
    return changed


class _Numbers:
    """Which tables and lines are taken; who comes new gets the first free one."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self.halls = dict(Party.objects.filter(timetable=timetable).values_list("pk", "registration__venue"))
        self.room = {venue.pk: (venue.tables, venue.lines) for venue in timetable.event.venues.all()}
        self.taken: set[tuple[int, bool, datetime, int]] = set()

    def count(self) -> None:
        rows = Side.objects.filter(meeting__timetable=self.timetable, over=False).select_related("meeting")
        self.taken = {(self.halls[row.party_id], row.meeting.by_line, row.starts_at, row.number) for row in rows}

    def fit(self, meeting: Meeting) -> bool:
        """Whether it can stay at its table or lines: halls have fewer of them at times, and parties change halls."""
        sides = list(meeting.sides.all())
        apart = len({self.halls[side.party_id] for side in sides}) > 1
        room = all(side.number <= self.room[self.halls[side.party_id]][meeting.by_line] for side in sides)
        return apart == meeting.by_line and room

    def sit(self, meeting: Meeting, pair: tuple[int, int]) -> None:
        number = 0
        for party in pair:
            if meeting.by_line or not number:
                number = self._first(self.halls[party], meeting)
            self.taken.add((self.halls[party], meeting.by_line, meeting.starts_at, number))
            Side.objects.create(meeting=meeting, party_id=party, starts_at=meeting.starts_at, number=number)

    def _first(self, hall: int, meeting: Meeting) -> int:
        number = 1
        while (hall, meeting.by_line, meeting.starts_at, number) in self.taken:
            number += 1
        return number
