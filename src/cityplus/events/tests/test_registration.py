"""Places: nobody above capacity, those who wait in order, nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityplus.cities.models import City
from cityplus.events.errors import RegistrationError
from cityplus.events.models import Event, Registration, Session, Venue
from cityplus.events.tests.cast import meeting
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError


def come(venue: Venue, number: int, **facts: Any) -> Registration:
    made, _ = Registration.make(venue, name=f"Guest {number}", email=f"g{number}@example.org", language="en", **facts)
    return made


def states(venue: Venue) -> list[str]:
    return list(Registration.objects.filter(venue=venue).order_by("id").values_list("state", flat=True))


@pytest.mark.django_db(transaction=True)
def test_nobody_is_above_capacity_when_many_come_at_one_time(thehague: City) -> None:
    venue = meeting(thehague.actor, capacity=7).venues.get()

    def once(number: int) -> None:
        try:
            come(venue, number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as guests:
        list(guests.map(once, range(40)))
    venue.refresh_from_db()
    assert sorted(states(venue)) == ["confirmed"] * 7 + ["waiting"] * 33
    assert venue.taken == 7


@pytest.mark.django_db
def test_who_waits_longest_gets_the_place_that_becomes_free(thehague: City) -> None:
    venue = meeting(thehague.actor, capacity=1).venues.get()
    first, second, third = (come(venue, n) for n in range(3))
    second.cancel(by="second")
    first.cancel(by="first")
    assert states(venue) == ["cancelled", "cancelled", "confirmed"]
    third.cancel(by="third")
    third.cancel(by="third")
    venue.refresh_from_db()
    assert venue.taken == 0


@pytest.mark.django_db
def test_the_organisers_look_first_where_they_want_to(thehague: City) -> None:
    venue = meeting(thehague.actor, capacity=1, approval=True).venues.get()
    first, second, third = (come(venue, n) for n in range(3))
    second.approve(by="owner")
    third.approve(by="owner")
    first.refuse(by="owner")
    assert states(venue) == ["refused", "confirmed", "waiting"]


@pytest.mark.django_db
def test_one_registers_once_while_it_is_open(thehague: City) -> None:
    event = meeting(thehague.actor)
    venue = event.venues.get()
    registration, token = Registration.make(venue, name="Ana", email=" Ana@Example.org ", language="en")
    assert Registration.of_token(token) == registration
    with pytest.raises(RegistrationError, match="registered already"):
        Registration.make(venue, name="Ana", email="ana@example.org", language="en")
    registration.cancel(by="ana")
    Registration.make(venue, name="Ana", email="ana@example.org", language="en")
    event.cancel("No hall.", by="owner")
    with pytest.raises(RegistrationError, match="cannot register"):
        come(venue, 1)


@pytest.mark.django_db
def test_one_registers_between_the_opening_and_the_end(thehague: City) -> None:
    event, hour = meeting(thehague.actor), timedelta(hours=1)
    venue, now = event.venues.get(), timezone.now()
    begun: dict[str, Any] = {"starts_at": now - hour, "ends_at": now + hour}
    told: list[tuple[str, dict[str, Any]]] = [
        ("has not opened", {"opens_at": now + hour}),
        ("", {"opens_at": now - hour, "closes_at": now + hour}),
        ("has ended", {"closes_at": now - hour}),
        ("has ended", {"closes_at": None, "starts_at": now - 2 * hour, "ends_at": now - hour}),
        ("", begun),
        ("has ended", {**begun, "closes_at": now - hour}),
        ("cannot register", {"state": "draft"}),
        ("cannot register", {"state": "held"}),
    ]
    for number, (refusal, facts) in enumerate(told):
        with transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**facts)
            if refusal:
                with pytest.raises(RegistrationError, match=refusal):
                    come(venue, number)
            else:
                assert come(venue, number).state == "confirmed"
            transaction.set_rollback(True)
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_only_what_was_asked_for_is_decided_on_and_who_only_waits_frees_nothing(thehague: City) -> None:
    venue = meeting(thehague.actor, capacity=1).venues.get()
    first, second, third = (come(venue, n) for n in range(3))
    second.refuse(by="owner")
    assert states(venue) == ["confirmed", "refused", "waiting"]
    for row in (first, second):
        with pytest.raises(LifeCycleError):
            row.approve(by="owner")
    second.cancel(by="second")
    third.cancel(by="third")
    venue.refresh_from_db()
    assert (states(venue), venue.taken) == (["confirmed", "refused", "cancelled"], 1)


@pytest.mark.django_db
@pytest.mark.parametrize("approval", [True, False])
def test_nobody_registers_for_a_hall_that_is_gone(thehague: City, approval: bool) -> None:
    event = meeting(thehague.actor, approval=approval)
    bay = Venue.objects.create(event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", place=1)
    stale = Venue.objects.get(pk=bay.pk)
    bay.remove(by="owner")
    with pytest.raises(RegistrationError, match="cannot register"):
        come(stale, 1)
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_each_step_is_in_the_trail_with_who_took_it(thehague: City) -> None:
    venue = meeting(thehague.actor, capacity=1, approval=True).venues.get()
    row = come(venue, 1)
    row.approve(by="owner")
    row.amend(by="g1", name="Guest One")
    row.cancel(by="g1")
    row.cancel(by="g1")
    row.forget()
    trail = Entry.objects.filter(subject="events.registration", subject_id=row.pk).order_by("id")
    assert list(trail.values_list("verb", "by")) == [
        ("registration.made", ""),
        ("registration.confirmed", "owner"),
        ("registration.amended", "g1"),
        ("registration.cancelled", "g1"),
        ("registration.forgotten", ""),
    ]
    assert {entry.data["event"] for entry in trail} == {venue.event_id}
    assert [entry.data.get("was") for entry in trail] == [None, "asked", None, "confirmed", None]
    assert (trail[0].data["state"], {entry.quiet for entry in trail}) == ("asked", {True})


@pytest.mark.django_db
def test_a_link_opens_its_own_registration_once_and_nothing_else(thehague: City) -> None:
    venue = meeting(thehague.actor).venues.get()
    about = {"name": "Guest", "language": "en"}
    rows, tokens = zip(*(Registration.make(venue, email=f"g{n}@example.org", **about) for n in range(3)), strict=True)
    assert [Registration.of_token(token) for token in tokens] == [*rows]
    assert Registration.of_token("x" * 32) is None and Registration.open_link("x" * 32) is None
    assert Registration.open_link(tokens[1]) == rows[1]
    assert [Registration.of_token(token) for token in tokens] == [rows[0], None, rows[2]]
    proved = [row.proved_at for row in Registration.objects.order_by("id")]
    assert [bool(at) for at in proved] == [False, True, False]
    newer = rows[1].new_link()
    assert Registration.open_link(newer) == rows[1]
    assert Registration.objects.get(pk=rows[1].pk).proved_at == proved[1], "it was shown the first time"
    assert Entry.objects.filter(verb="registration.opened", subject_id=rows[1].pk).count() == 2


@pytest.mark.django_db
def test_what_one_says_anew_or_has_forgotten_is_of_oneself_alone(thehague: City) -> None:
    venue = meeting(thehague.actor).venues.get()
    first, second, third = (come(venue, n) for n in range(3))
    second.amend(by="g1", name="Somebody Else")
    third.forget()
    names = list(Registration.objects.order_by("id").values_list("name", flat=True))
    assert names == ["Guest 0", "Somebody Else", ""]
    assert (second.name, third.email) == ("Somebody Else", f"{third.pk}@forgotten.invalid")
    assert first.email == "g0@example.org"


@pytest.mark.django_db
def test_what_is_cancelled_is_changed_no_more(thehague: City) -> None:
    venue = meeting(thehague.actor).venues.get()
    row = come(venue, 1)
    row.amend(by="g1", name="Guest One", time_zone="Asia/Shanghai")
    assert (row.name, row.time_zone) == ("Guest One", "Asia/Shanghai")
    row.cancel(by="g1")
    for deed in (
        partial(row.amend, by="g1", name="G"),
        partial(row.choose, [], by="g1"),
        partial(row.move, venue, by="g1"),
    ):
        with pytest.raises(RegistrationError, match="is cancelled"):
            deed()
    row.refresh_from_db()
    assert row.name == "Guest One"


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["come", "cancel"]), st.integers(0, 5)), max_size=20), st.integers(1, 3))
def test_whatever_happens_places_and_seats_are_right(
    thehague: City, deeds: list[tuple[str, int]], capacity: int
) -> None:
    Registration.objects.all().delete()
    Event.objects.all().delete()
    event = meeting(thehague.actor, capacity=capacity)
    venue = event.venues.get()
    when = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    session = Session.objects.create(event=event, title=Text.of("en", en="Talk"), capacity=1, **when)
    for deed, number in deeds:
        mine = (
            Registration.objects.filter(event=event, email=f"g{number}@example.org").exclude(state="cancelled").first()
        )
        if deed == "cancel" and mine:
            mine.cancel(by="test")
        elif deed == "come" and not mine:
            come(venue, number, sessions=[session])
    venue.refresh_from_db()
    session.refresh_from_db()
    present = [r for r in Registration.objects.filter(event=event).order_by("id") if r.state != "cancelled"]
    assert [r.state for r in present] == ["confirmed"] * min(capacity, len(present)) + ["waiting"] * (
        len(present) - capacity
    )
    assert venue.taken == min(capacity, len(present))
    seats = list(session.seats.order_by("id").values_list("state", flat=True))
    assert seats == ["confirmed"] * min(1, len(seats)) + ["waiting"] * (len(seats) - 1)
    assert session.taken == seats.count("confirmed")
