"""Who stands at the door without a place: let in while there is one, past nobody who waits, and past all by the organisers alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cityplus.cities.models import City
from cityplus.events.doors.access import Keeper
from cityplus.events.doors.walkins import admit, hold
from cityplus.events.errors import DoorError
from cityplus.events.models import Event, Registration, Seat, Session, Venue
from cityplus.events.tests.door_cast import guest, open_house
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db
TEAM, STEWARD = Keeper("owner", person=7), Keeper("Sam at the gate", steward=7)


@pytest.fixture
def event(thehague: City) -> Event:
    return open_house(thehague, capacity=1)


@pytest.fixture
def venue(event: Event) -> Venue:
    return event.venues.get()


def stands(venue: Venue, email: str, *, reason: str = "", keeper: Keeper = STEWARD) -> tuple[Registration, bool]:
    hold(venue.event)
    return admit(venue, name="Di", email=email, language="en", reason=reason, keeper=keeper)


def places(venue: Venue) -> tuple[int, int]:
    """Capacity and places taken, of which each is somebody's."""
    venue.refresh_from_db()
    assert venue.taken == Registration.objects.filter(venue=venue, state="confirmed").count()
    return venue.capacity, venue.taken


def test_who_is_new_gets_a_place_a_letter_and_a_day_of_forgetting(event: Event, venue: Venue) -> None:
    row, new = stands(venue, " Di@Example.org ")
    assert new and (row.state, row.email, row.name, row.venue, row.proved_at) == (
        "confirmed", "di@example.org", "Di", venue, None,
    )  # fmt: skip
    assert row.decided_at and row.person is None
    assert row.consent_until == (event.ends_at.astimezone(event.zone) + timedelta(days=event.keep_days)).date()
    assert places(venue) == (1, 1)
    made = Entry.objects.get(verb="registration.made", subject_id=row.pk)
    assert (made.by, made.quiet, made.data["event"], made.data["venue"]) == (STEWARD.name, True, event.pk, venue.pk)
    assert Letter.objects.get().to == "di@example.org"
    assert stands(venue, "di@example.org") == (row, False)
    assert places(venue) == (1, 1)
    assert not Entry.objects.filter(verb="event.overruled").exists()


@pytest.mark.parametrize(
    ("keeper", "reason", "said"),
    [(STEWARD, "", "a steward may not"), (STEWARD, "She speaks.", "a steward may not"), (TEAM, "", "With a reason")],
)
def test_a_full_hall_is_full(venue: Venue, keeper: Keeper, reason: str, said: str) -> None:
    guest(venue)
    with pytest.raises(DoorError, match=rf"^The hall is full\. .*{said}"):
        stands(venue, "di@example.org", keeper=keeper, reason=reason)
    assert places(venue) == (1, 1)


def test_the_organisers_overrule_and_the_hall_has_one_place_more(event: Event, venue: Venue) -> None:
    guest(venue)
    row, _new = stands(venue, "di@example.org", keeper=TEAM, reason="She speaks.")
    assert places(venue) == (2, 2)
    said = Entry.objects.get(verb="event.overruled")
    assert (said.by, said.data["registration"], said.data["venue"], said.data["reason"]) == (
        "owner", row.pk, venue.pk, "She speaks.",
    )  # fmt: skip
    event.venues.update(capacity=0)
    for number in range(3):
        stands(venue, f"guest{number}@example.org")
    assert places(venue) == (0, 5), "a hall without a bound has none afterwards"
    assert Entry.objects.filter(verb="event.overruled").count() == 1


def test_nobody_passes_who_waits_but_the_first_of_them_comes_in(event: Event, venue: Venue) -> None:
    guest(venue)
    first, second = guest(venue), guest(venue)
    event.venues.update(capacity=2)
    for late in ("di@example.org", second.email):
        with pytest.raises(DoorError, match="Others wait for the places that are left"):
            stands(venue, late)
    assert stands(venue, first.email) == (first, True)
    assert places(venue) == (2, 2)
    event.venues.update(capacity=3)
    passed, _new = stands(venue, "di@example.org", keeper=TEAM, reason="She speaks.")
    assert places(venue) == (3, 3), "a place that was left is taken, and none is added"
    assert Entry.objects.get(verb="event.overruled").data["registration"] == passed.pk
    second.refresh_from_db()
    assert second.state == "waiting"


def test_who_waits_for_another_hall_and_its_places_are_of_no_matter(event: Event, venue: Venue) -> None:
    facts: dict[str, Any] = {"time_zone": "Asia/Shanghai", "place": 1, "capacity": 1}
    bay = Venue.objects.create(event=event, name=Text.of("en", en="Bay"), **facts)
    for _number in range(2):
        guest(bay)
    stands(venue, "di@example.org")
    assert (places(venue), places(bay)) == ((1, 1), (1, 1))
    stands(venue, "eva@example.org", keeper=TEAM, reason="She speaks.")
    assert (places(venue), places(bay)) == ((2, 2), (1, 1))


def test_who_waited_comes_in_with_the_seats_that_they_want(event: Event, venue: Venue) -> None:
    guest(venue)
    when: dict[str, Any] = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    wind = Session.objects.create(event=event, title=Text.of("en", en="Wind"), capacity=1, **when)
    waits = guest(venue, sessions=[wind])
    assert Seat.objects.get().state == "waiting"
    row, new = stands(venue, waits.email, keeper=TEAM, reason="Came from far.")
    assert (new, row.pk, row.state, Seat.objects.get().state) == (True, waits.pk, "confirmed", "confirmed")
    assert Entry.objects.get(verb="registration.confirmed", subject_id=waits.pk).by == "owner"


def test_who_is_registered_for_another_hall_is_looked_for_there(event: Event, venue: Venue) -> None:
    bay = Venue.objects.create(event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", place=1)
    ana = guest(bay)
    with pytest.raises(DoorError, match="another hall of this event"):
        stands(venue, ana.email, keeper=TEAM, reason="She speaks.")
    ana.cancel(by="ana")
    row, new = stands(venue, ana.email)
    assert new and (row.venue, row.pk != ana.pk) == (venue, True)


def test_who_is_registered_for_another_event_is_new_here(thehague: City, venue: Venue) -> None:
    other = open_house(thehague, slug="other").venues.get()
    ana = guest(other)
    row, new = stands(venue, ana.email)
    assert new and row.venue == venue
    assert (places(venue), places(other)) == ((1, 1), (0, 1))


@pytest.mark.parametrize("keeper", [STEWARD, TEAM])
@pytest.mark.parametrize(("state", "said"), [("asked", "have not decided"), ("refused", "did not take")])
def test_what_the_organisers_have_not_taken_nobody_takes_at_the_door(
    event: Event, venue: Venue, keeper: Keeper, state: str, said: str
) -> None:
    Event.objects.update(approval=True)
    event.venues.update(capacity=9)
    ana = guest(venue)
    assert ana.state == "asked"
    if state == "refused":
        ana.refuse(by="owner")
    with pytest.raises(DoorError, match=f"{said}.*by hand"):
        stands(venue, ana.email, keeper=keeper, reason="She speaks.")
    ana.refresh_from_db()
    assert (ana.state, places(venue)) == (state, (9, 0))


def test_where_organisers_look_at_each_registration_a_steward_makes_none(event: Event, venue: Venue) -> None:
    Event.objects.update(approval=True)
    with pytest.raises(DoorError, match="a steward may not"):
        stands(venue, "di@example.org", reason="She speaks.")
    assert stands(venue, "di@example.org", keeper=TEAM)[0].state == "confirmed"
    event.venues.update(capacity=2)
    waits = guest(venue)
    Registration.objects.filter(pk=waits.pk).update(state="waiting")
    assert stands(venue, waits.email) == (waits, True), "who was approved before has only waited for a place"
