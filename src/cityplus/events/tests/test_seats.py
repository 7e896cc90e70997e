"""Seats in sessions: who has no place in the hall has none; what becomes of them when people move, and when sessions and halls change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events import telling
from cityplus.events.errors import EventError, RegistrationError
from cityplus.events.models import Event, Registration, Seat, Session, Venue
from cityplus.events.tests.cast import meeting
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.languages import formats
from cityplus.languages.text import Text
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def session(event: Event, name: str, **facts: Any) -> Session:
    when = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    return Session.objects.create(event=event, title=Text.of("en", en=name, nl=f"{name} (nl)"), **{**when, **facts})


def come(venue: Venue, name: str, *sessions: Session, **facts: Any) -> Registration:
    about = {"name": name, "email": f"{name}@example.org", "language": "en", **facts}
    return Registration.make(venue, sessions=sessions, **about)[0]


def bay_of(event: Event, capacity: int = 0) -> Venue:
    facts = {"name": Text.of("en", en="Bay"), "time_zone": "Asia/Shanghai", "capacity": capacity}
    return Venue.objects.create(event=event, place=1, **facts)


def seats(session: Session) -> dict[str, str]:
    """Who has a seat and who waits; and what the session says of how many are taken is right."""
    found = dict(Seat.objects.filter(session=session).order_by("id").values_list("registration__name", "state"))
    session.refresh_from_db()
    assert session.taken == list(found.values()).count("confirmed")
    return found


def written() -> list[tuple[str, str]]:
    """The letters of decisions, once the workers have done what there is."""
    deliver()
    while job := Job.objects.filter(kind="events.tell_unseated", state="waiting").first():
        Job.objects.filter(pk=job.pk).update(state="done")
        telling.tell_unseated(**job.args)
        telling.tell_unseated(**job.args)
    return [(one.to.partition("@")[0], one.subject) for one in Letter.objects.order_by("id")]


def test_who_waits_for_the_hall_keeps_no_seat_from_others(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1)
    hall, bay = event.venues.get(), bay_of(event)
    wind, sea = session(event, "Wind", capacity=1), session(event, "Sea", capacity=1)
    ana, _bo = come(hall, "ana"), come(hall, "bo", wind, sea)
    cy = come(bay, "cy", wind)
    assert (seats(wind), seats(sea)) == ({"bo": "waiting", "cy": "confirmed"}, {"bo": "waiting"})
    ana.cancel(by="ana")
    assert (seats(wind), seats(sea)) == ({"bo": "waiting", "cy": "confirmed"}, {"bo": "confirmed"})
    cy.cancel(by="cy")
    assert seats(wind) == {"bo": "confirmed"}
    told = written()
    assert [subject for name, subject in told if name == "bo"] == ["A place is yours", "A seat in a session is yours"]
    assert "You waited for “Wind” at “Meeting”" in Letter.objects.get(subject="A seat in a session is yours").text


def test_a_session_without_a_bound_seats_all_who_wait(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1)
    hall, wind, sea = event.venues.get(), session(event, "Wind"), session(event, "Sea", capacity=1)
    ana, _bo, cy = come(hall, "ana", sea), come(hall, "bo", wind), come(hall, "cy", wind, sea)
    hall.change(by="owner", capacity=0)
    assert (seats(wind), seats(sea)) == (
        {"bo": "confirmed", "cy": "confirmed"}, {"ana": "confirmed", "cy": "waiting"},
    )  # fmt: skip
    sea.change(by="owner", capacity=0)
    assert seats(sea) == {"ana": "confirmed", "cy": "confirmed"}
    for row in (ana, cy):
        row.cancel(by="guest")
    assert (seats(wind), seats(sea)) == ({"bo": "confirmed"}, {})


def test_one_chooses_other_sessions_and_who_waits_gets_the_seat(thehague: City) -> None:
    event = meeting(thehague.actor)
    hall, wind, sea = event.venues.get(), session(event, "Wind", capacity=1), session(event, "Sea", capacity=1)
    elsewhere = session(meeting(thehague.actor, slug="other"), "Elsewhere")
    ana, bo, _cy = come(hall, "ana", wind), come(hall, "bo", wind, sea), come(hall, "cy", wind)
    ana.choose([sea, elsewhere], by="ana")
    assert (seats(wind), seats(sea)) == (
        {"bo": "confirmed", "cy": "waiting"}, {"bo": "confirmed", "ana": "waiting"},
    )  # fmt: skip
    assert not seats(elsewhere)
    chosen = Entry.objects.filter(verb="registration.seats_chosen")
    assert chosen.count() == 1
    ana.choose([sea], by="ana")
    assert chosen.count() == 1 and seats(sea) == {"bo": "confirmed", "ana": "waiting"}
    bo.choose([], by="bo")
    assert (seats(wind), seats(sea)) == ({"cy": "confirmed"}, {"ana": "confirmed"})
    bo.choose([wind], by="bo")
    assert seats(wind) == {"cy": "confirmed", "bo": "waiting"}


def test_who_waits_for_the_hall_chooses_but_waits_for_seats_too(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1)
    hall, wind = event.venues.get(), session(event, "Wind", capacity=5)
    come(hall, "ana")
    bo = come(hall, "bo")
    bo.choose([wind], by="bo")
    assert (bo.state, seats(wind)) == ("waiting", {"bo": "waiting"})


def test_who_is_refused_leaves_the_queue_of_a_session(thehague: City) -> None:
    event = meeting(thehague.actor, approval=True)
    hall, wind = event.venues.get(), session(event, "Wind", capacity=1)
    ana, bo = come(hall, "ana", wind), come(hall, "bo", wind)
    ana.refuse(by="owner")
    bo.approve(by="owner")
    assert seats(wind) == {"bo": "confirmed"}


def test_a_move_changes_the_hall_and_nothing_else(thehague: City) -> None:
    event = meeting(thehague.actor, approval=True)
    hall, bay = event.venues.get(), bay_of(event, 1)
    wind = session(event, "Wind", capacity=1)
    ana, bo, cy = come(hall, "ana", wind), come(hall, "bo", wind), come(bay, "cy")
    for row in (ana, cy):
        row.approve(by="owner")
    before = ana.revision
    ana.move(hall, by="ana")
    assert (ana.venue, ana.revision) == (hall, before), "they are there already"
    bo.move(bay, by="bo")
    assert (bo.venue, bo.state) == (bay, "asked"), "who is not decided on needs no place yet"
    cy.cancel(by="cy")
    ana.move(bay, by="ana")
    assert (ana.venue, ana.state, ana.revision) == (bay, "confirmed", before + 1)
    assert seats(wind) == {"ana": "confirmed", "bo": "waiting"}, "a session of all halls is kept"
    assert dict(event.venues.values_list("pk", "taken")) == {hall.pk: 0, bay.pk: 1}
    moves = Entry.objects.filter(verb="registration.moved").order_by("id")
    assert [(one.subject_id, one.data["was"], one.data["had"], one.data["venue"]) for one in moves] == [
        (bo.pk, hall.pk, False, bay.pk), (ana.pk, hall.pk, True, bay.pk),
    ]  # fmt: skip
    Event.objects.filter(pk=event.pk).update(closes_at=timezone.now())
    with pytest.raises(RegistrationError, match="has ended"):
        ana.move(hall, by="ana")


def test_who_is_looked_at_first_gets_seats_with_the_place(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1, approval=True)
    hall, wind = event.venues.get(), session(event, "Wind", capacity=1)
    ana, bo = come(hall, "ana", wind), come(hall, "bo", wind)
    assert seats(wind) == {"ana": "waiting", "bo": "waiting"}
    bo.approve(by="owner")
    ana.approve(by="owner")
    assert seats(wind) == {"ana": "waiting", "bo": "confirmed"}
    bo.cancel(by="bo")
    assert seats(wind) == {"ana": "confirmed"}


def test_a_waiting_guest_moves_to_a_hall_with_a_place_and_sits_there(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1)
    hall, bay = event.venues.get(), bay_of(event, 1)
    wind, reef = session(event, "Wind", capacity=2), session(event, "Reef", venue=hall, capacity=2)
    come(hall, "ana", reef)
    bo, cy = come(hall, "bo", wind, reef), come(hall, "cy")
    bo.move(bay, by="bo")
    assert (bo.state, bo.venue) == ("confirmed", bay)
    assert (seats(wind), seats(reef)) == ({"bo": "confirmed"}, {"ana": "confirmed"}), (
        "not those of the hall that was left"
    )
    with pytest.raises(RegistrationError, match="here you keep"):
        cy.move(bay, by="cy")
    cy.refresh_from_db()
    assert (cy.state, cy.venue) == ("waiting", hall)
    for venue in (hall, bay):
        venue.refresh_from_db()
        assert venue.taken == 1
    assert [subject for name, subject in written() if name == "bo"] == ["A place is yours"], "and not twice"


def test_a_session_that_is_taken_away_takes_its_seats_and_says_so_once(thehague: City) -> None:
    event = meeting(thehague.actor)
    hall, wind = event.venues.get(), session(event, "Wind", capacity=1)
    come(hall, "ana", wind, language="nl")
    come(hall, "bo", wind)
    come(hall, "cy")
    come(hall, "di", wind).cancel(by="di")
    wind.remove(by="owner")
    wind.remove(by="owner")
    assert not Seat.objects.exists()
    first = written()
    assert first == written(), "told once"
    assert {name for name, subject in first if "cancelled" not in subject} == {"ana", "bo"}
    assert "“Wind (nl)”" in Letter.objects.get(to="ana@example.org").text
    assert "“Wind”" in Letter.objects.get(to="bo@example.org").text
    assert event.registrations.filter(state="confirmed").count() == 3, "the place at the event stays"


def test_a_session_that_moves_to_a_hall_keeps_those_who_come_there(thehague: City) -> None:
    event = meeting(thehague.actor)
    hall, bay = event.venues.get(), bay_of(event)
    wind = session(event, "Wind", capacity=2)
    for venue, name in ((hall, "ana"), (hall, "bo"), (bay, "cy")):
        come(venue, name, wind)
    assert seats(wind) == {"ana": "confirmed", "bo": "confirmed", "cy": "waiting"}
    wind.change(by="owner", venue_id=bay.pk)
    assert seats(wind) == {"cy": "confirmed"}
    assert sorted(written()) == [
        ("ana", "A session has changed"), ("bo", "A session has changed"), ("cy", "A seat in a session is yours"),
    ]  # fmt: skip


def test_who_has_a_seat_is_told_when_its_session_moves_and_not_when_it_moves_on(thehague: City) -> None:
    event = meeting(thehague.actor)
    hall, wind = event.venues.get(), session(event, "Wind", capacity=1, ends_at=event.starts_at + timedelta(hours=1))
    for name in ("ana", "bo"):
        come(hall, name, wind)
    come(hall, "cy")
    for hours in (1, 2):
        start = event.starts_at + timedelta(hours=hours)
        wind.change(by="x", starts_at=start, ends_at=start + timedelta(hours=1))
    wind.change(by="x", capacity=1)
    deliver()
    moved = Job.objects.filter(kind="events.tell_moved").order_by("id")
    assert [job.run_after > timezone.now() + timedelta(minutes=19) for job in moved] == [True, True]
    for job in moved:
        telling.tell_moved(**job.args)
    for _round in range(3):
        for job in Job.objects.filter(kind="events.tell"):
            telling.tell(**job.args)
    letter = Letter.objects.get(subject="Hours or place have changed")
    assert letter.to == "ana@example.org", "who waits for a seat, and who wanted none, is not told"
    assert f"Your sessions: {formats.clock(wind.starts_at, hall.time_zone, 'en')} Wind" in letter.text
    assert "METHOD:REQUEST" in letter.calendar


def test_nothing_is_made_smaller_than_what_is_taken(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=3)
    hall, wind = event.venues.get(), session(event, "Wind", capacity=3)
    for name in ("ana", "bo"):
        come(hall, name, wind)
    for thing in (hall, wind):
        with pytest.raises(EventError, match="2 people have a place there"):
            thing.change(by="owner", capacity=1)
        thing.change(by="owner", capacity=2)
        thing.refresh_from_db()
        assert (thing.capacity, thing.taken) == (2, 2)
    assert come(hall, "cy", wind).state == "waiting"
    hall.change(by="owner", capacity=0)
    assert event.registrations.filter(state="confirmed").count() == 3
    assert seats(wind)["cy"] == "waiting"


def test_a_hall_with_people_or_sessions_stays(thehague: City) -> None:
    event = meeting(thehague.actor)
    bay = bay_of(event)
    reef = session(event, "Reef", venue=bay)
    with pytest.raises(EventError, match="Sessions of the agenda are in this place"):
        bay.remove(by="owner")
    assert Session.objects.filter(pk=reef.pk).exists()
    reef.remove(by="owner")
    gone = come(bay, "ana")
    gone.cancel(by="ana")
    with pytest.raises(EventError, match="People have registered"):
        bay.remove(by="owner")
    Registration.objects.all().delete()
    bay.remove(by="owner")
    assert event.venues.count() == 1


def test_many_who_leave_two_halls_at_one_time_lose_no_seat(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=4)
    halls = [event.venues.get(), bay_of(event, 4)]
    agenda = [session(event, name, capacity=3) for name in ("Wind", "Sea", "Sand")]
    rows = [
        come(halls[n % 2], f"g{n}", *(agenda if n % 3 else reversed(agenda)))
        for n in range(24)
    ]  # fmt: skip

    def leave(row: Registration) -> None:
        try:
            row.cancel(by="guest")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as guests:
        list(guests.map(leave, rows[:16]))
    for one in agenda:
        found = seats(one)
        confirmed = [name for name, state in found.items() if state == "confirmed"]
        assert len(confirmed) == 3
        assert set(confirmed) <= {row.name for row in Registration.objects.filter(state="confirmed")}
    assert Registration.objects.filter(state="confirmed").count() == 8
