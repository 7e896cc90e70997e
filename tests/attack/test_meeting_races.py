"""What happens at an event when two do things at one moment that know nothing of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from threading import Event as Bell
from threading import Thread
from typing import Any

import pytest
from conftest import sign_in
from django.db import connection, connections, transaction
from django.utils import timezone
from tests import at_once

from cityplus import journal
from cityplus.cities.models import City, Member
from cityplus.events.errors import EventError
from cityplus.events.meetings import running
from cityplus.events.models import Event, OldCode, Party, Registration, Ticket, Timetable, Venue
from cityplus.events.registering.form import RegistrationForm
from cityplus.events.registering.views import _change
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.meeting_cast import comes, company, halls
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.people.models import Person
from cityplus.social.accounts import leaving

pytestmark = pytest.mark.django_db(transaction=True)
together = partial(at_once.together, refusals=(EventError, LifeCycleError))


def two_halls(city: City, *, capacity: int = 0) -> tuple[Event, Venue, Venue]:
    event = meeting(city.actor, capacity=capacity)
    facts: dict[str, Any] = {"time_zone": "Asia/Shanghai", "place": 1, "capacity": capacity}
    Venue.objects.create(event=event, name=Text.of("en", en="Bay"), **facts)
    first, second = event.venues.order_by("place")
    return event, first, second


def come(venue: Venue, name: str, **facts: Any) -> Registration:
    return Registration.make(venue, name=name, email=f"{name}@example.org", language="en", **facts)[0]


def counted(*venues: Venue) -> None:
    """What is counted is what there is."""
    for venue in venues:
        venue.refresh_from_db()
        assert venue.taken == Registration.objects.filter(venue=venue, state="confirmed").count()


def test_who_cancels_what_was_moved_meanwhile_frees_the_place_that_they_have(thehague: City) -> None:
    _event, first, second = two_halls(thehague, capacity=1)
    row = come(first, "ana")
    seen = Registration.objects.get(pk=row.pk)
    row.move(second, by="ana")
    waits = come(second, "bo")
    seen.cancel(by="ana")
    counted(first, second)
    waits.refresh_from_db()
    assert (second.taken, waits.state) == (1, "confirmed")


def test_who_moves_and_cancels_at_one_moment_takes_one_place_or_none(thehague: City) -> None:
    _event, first, second = two_halls(thehague, capacity=3)
    rows = [come(first, f"guest{n}") for n in range(3)]
    for row in rows:
        one, other = (Registration.objects.get(pk=row.pk) for _ in range(2))
        together(partial(one.move, second, by="x"), partial(other.cancel, by="x"))
    counted(first, second)


def test_two_who_change_halls_with_each_other_do_not_wait_for_ever(thehague: City) -> None:
    event, first, second = two_halls(thehague)
    ana, bo = come(first, "ana"), come(second, "bo")

    def change(row: Registration, venue: Venue) -> None:
        data = {"venue": venue.pk, "name": row.name}
        form = RegistrationForm(data, event=event, person=None, registration=row)
        assert form.is_valid()
        _change(row, form, "x")

    for _turn in range(6):
        together(lambda: change(ana, second), lambda: change(bo, first))
        together(lambda: change(ana, first), lambda: change(bo, second))
    counted(first, second)


@contextmanager
def queue_is_held() -> Iterator[Callable[[int], None]]:
    """Somebody writes into the journal for as long as the block lasts; inside, ``until(n)`` waits for so many who wait for that."""
    held, go = Bell(), Bell()

    def hold() -> None:
        with transaction.atomic():
            journal.queue_up()
            held.set()
            go.wait(60)
        connections.close_all()

    def until(many: int) -> None:
        for _try in range(20_000):
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
                if cursor.fetchone()[0] >= many:
                    return
        raise AssertionError("nobody waits")

    thread = Thread(target=hold)
    thread.start()
    held.wait(60)
    try:
        yield until
    finally:
        go.set()
        thread.join()


def one_after_the_other(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Both begin while somebody writes into the journal: the first waits for that before the second does. Both end."""
    if connection.vendor != "postgresql":  # one writes at a time
        first()
        second()
        return

    def own(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        with queue_is_held() as until:
            one = people.submit(own, first)
            until(1)
            other = people.submit(own, second)
            until(2)
        one.result(60)
        other.result(60)


def test_somebody_leaves_while_somebody_else_registers(thehague: City) -> None:
    event = meeting(thehague.actor)
    ana = Person.objects.create_user("ana", "ana@example.org", "a long password")
    row = come(event.venues.get(), "ana", person=ana)
    one_after_the_other(lambda: leaving.close(ana, by="ana"), lambda: come(event.venues.get(), "bo"))
    row.refresh_from_db()
    assert row.state == "cancelled"
    counted(event.venues.get())


def test_parties_leave_while_another_says_whom_it_wants(thehague: City) -> None:
    timetable = halls(thehague)
    ahoy, bay, cove = (comes(timetable, company(name, thehague)) for name in ("ahoy", "bay", "cove"))
    deliver()
    ahoy.registration.cancel(by="x")
    bay.registration.cancel(by="x")
    one_after_the_other(deliver, lambda: bay.wish(cove, "want", by="x"))
    deliver()
    assert set(Party.objects.filter(left_at=None)) == {cove}


def test_nobody_is_registered_for_what_was_called_off_at_that_moment(thehague: City) -> None:
    """Whoever got a place hears that there is no event."""
    event = meeting(thehague.actor)
    venue = event.venues.get()

    def register(number: int) -> Any:
        return lambda: come(venue, f"guest{number}")

    together(*(register(n) for n in range(4)), lambda: Event.objects.get(pk=event.pk).cancel("storm", by="x"))
    (off,) = entries("event.cancelled")
    assert all(entry.pk < off.pk for entry in entries("registration.made"))


def entries(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(verb=verb).order_by("pk"))


def test_an_event_is_called_off_once(thehague: City) -> None:
    event = meeting(thehague.actor)
    mine = [Event.objects.get(pk=event.pk) for _ in range(3)]
    found = together(*(lambda e=e: e.cancel("storm", by="x") for e in mine))
    assert sum(isinstance(one, LifeCycleError) for one in found) == 2
    assert len(entries("event.cancelled")) == 1


def test_an_event_of_one_slug_is_planned_once(thehague: City) -> None:
    starts = timezone.now()
    facts: dict[str, Any] = {"kind": "talk", "title": Text.of("en", en="T"), "starts_at": starts}
    facts["ends_at"] = starts + timedelta(hours=1)
    found = together(*(lambda: Event.plan(thehague.actor, by="x", slug="one", **facts) for _ in range(4)))
    assert sum(isinstance(one, EventError) for one in found) == 3


def test_capacity_is_lowered_while_people_register(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=6)
    venue = event.venues.get()
    mine = [Venue.objects.get(pk=venue.pk) for _ in range(2)]
    deeds = [lambda n=n: come(venue, f"guest{n}") for n in range(8)]
    together(*deeds, lambda: mine[0].change(by="x", capacity=3), lambda: mine[1].change(by="x", capacity=5))
    counted(venue)
    assert venue.taken <= venue.capacity
    waiting = Registration.objects.filter(venue=venue, state="waiting").count()
    assert venue.taken + waiting == 8 and (venue.taken == venue.capacity or not waiting)


def test_approved_refused_and_cancelled_at_one_moment(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=2, approval=True)
    venue = event.venues.get()
    for number in range(3):
        row = come(venue, f"guest{number}")
        one, two, three = (Registration.objects.get(pk=row.pk) for _ in range(3))
        together(partial(one.approve, by="x"), partial(two.cancel, by="x"), partial(three.refuse, by="x"))
    counted(venue)


def test_a_timetable_is_published_while_somebody_leaves(thehague: City) -> None:
    timetable = halls(thehague)
    ahoy, bay, cove = (comes(timetable, company(name, thehague)) for name in ("ahoy", "bay", "cove"))
    ahoy.wish(bay, "must", by="x")
    cove.wish(ahoy, "must", by="x")
    run = running.ask(timetable, by="x")
    running.work_out(run.pk)
    run.refresh_from_db()
    gone = Party.objects.get(pk=ahoy.pk)
    together(lambda: running.publish(run, by="x"), lambda: gone.leave(by="x"))
    assert not ahoy.sides.filter(over=False).exists()
    assert not bay.sides.filter(over=False).exists()


def test_a_timetable_is_asked_for_once_by_many(thehague: City) -> None:
    timetable = halls(thehague)
    runs = together(*(partial(running.ask, Timetable.objects.get(pk=timetable.pk), by=f"owner{n}") for n in range(6)))
    assert len({run.pk for run in runs}) == 1
    assert len(entries("timetable.asked")) == 1


def test_of_what_must_be_nobody_says_more_than_three_at_one_time(thehague: City) -> None:
    timetable = halls(thehague)
    me, *others = (comes(timetable, company(f"org{n}", thehague)) for n in range(7))
    mine = [Party.objects.get(pk=me.pk) for _ in others]
    found = together(*(partial(row.wish, other, "must", by="x") for row, other in zip(mine, others, strict=True)))
    assert sum(isinstance(one, EventError) for one in found) == 3
    assert sorted(me.wishes.values_list("place", flat=True)) == [1, 2, 3]


def test_a_ticket_is_made_once_and_renewed_one_after_the_other(thehague: City) -> None:
    row = come(meeting(thehague.actor).venues.get(), "ana")
    tickets = together(*(partial(Ticket.of, Registration.objects.get(pk=row.pk)) for _ in range(4)))
    assert len({ticket.pk for ticket in tickets}) == 1
    first = tickets[0].digest
    assert together(*(partial(ticket.renew, by="x") for ticket in tickets)) == [None] * 4
    old = list(OldCode.objects.order_by("pk").values_list("digest", flat=True))
    assert old[0] == first and len(set(old)) == 4
    assert Ticket.objects.get().digest not in old


def test_a_link_opens_once_for_many_who_follow_it(thehague: City) -> None:
    venue = meeting(thehague.actor).venues.get()
    row, token = Registration.make(venue, name="Ana", email="ana@example.org", language="en")
    found = together(*(partial(Registration.open_link, token) for _ in range(6)))
    assert [one.pk for one in found if one] == [row.pk]
    assert len(entries("registration.opened")) == 1


def test_tables_of_a_hall_are_set_outside_of_a_test_too(thehague: City) -> None:
    """Nothing that the console of the meetings does leans on a transaction that only tests have open."""
    timetable = halls(thehague)
    owner = Person.objects.create_user("owner")
    Member.join(thehague, owner, "owner", by="test")
    where, venue = timetable.event.get_absolute_url(), timetable.event.venues.all()[0]
    answer = sign_in(owner).post(f"{where}console/meetings/halls/{venue.pk}/", {"tables": 3, "lines": 1})
    assert answer.status_code == 302
    venue.refresh_from_db()
    assert (venue.tables, venue.lines) == (3, 1)
