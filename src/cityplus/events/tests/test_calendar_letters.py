"""What letters bring for calendars: a place, its changes and its end, with one UID and a growing SEQUENCE."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any, cast

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings

from cityplus.cities.models import City
from cityplus.events import telling
from cityplus.events.models import Event, Registration, Session, Venue
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.test_registering import form, opened
from cityplus.jobs.models import Job
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.people.models import Letter
from cityplus.people.tests.mail_server import mail_server

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/@thehague/events/meeting/registration/"


def event_of(calendar: str) -> tuple[str, Any]:
    """The method, and the one event."""
    read = Calendar.from_ical(calendar)
    (part,) = read.walk("VEVENT")
    return str(read["method"]), part


def newest(subject: str) -> Letter:
    return Letter.objects.filter(subject=subject).latest("id")


def two_halls(thehague: City, **facts: Any) -> Event:
    event = meeting(thehague.actor, **facts)
    Venue.objects.create(event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", place=1)
    return event


def tell(kind: str) -> None:
    """Do the jobs that tell everybody, as the worker does when they are due."""
    for job in Job.objects.filter(kind=f"events.{kind}", state="waiting"):
        getattr(telling, kind)(**job.args)


def test_the_letter_of_a_place_has_it_for_the_calendar(thehague: City, client: Client, settings: Settings) -> None:
    event = two_halls(thehague, bring=Text.of("en", en="A lamp"))
    talk = {"title": Text.of("en", en="Wind"), "starts_at": event.starts_at, "ends_at": event.ends_at}
    wind = Session.objects.create(event=event, **talk)
    bay = event.venues.get(place=1)
    client.post(PAGE, form(event, venue=str(bay.pk), sessions=[str(wind.pk)], name='Ana "A" Vos; Ltd, 深圳'))
    method, part = event_of(newest("You are registered").calendar)
    assert (method, str(part["status"]), part["sequence"]) == ("REQUEST", "CONFIRMED", 0)
    assert str(part["attendee"]) == "mailto:ana@example.org"
    assert part["attendee"].params["CN"] == "Ana 'A' Vos; Ltd, 深圳"
    assert (part["attendee"].params["PARTSTAT"], part["attendee"].params["RSVP"]) == ("ACCEPTED", "FALSE")
    assert str(part["organizer"]).startswith("mailto:") and "@" in str(part["organizer"])
    assert part["organizer"].params["CN"] == "The Hague"
    assert str(part["location"]) == "Bay" and part["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert "A lamp" in str(part["description"]) and "Wind" in str(part["description"])
    with mail_server(settings) as mailbox:
        Letter.objects.get().send()
    letter = mailbox.letters[0][1]
    kinds = [(one.get_content_type(), one.get_param("method"), one.get_filename()) for one in letter.walk()]
    assert ("text/calendar", "REQUEST", None) in kinds and ("text/calendar", None, "event.ics") in kinds
    bodies = [one.get_content() for one in letter.walk() if one.get_content_type() == "text/calendar"]
    assert all(event_of(one)[1]["uid"] == part["uid"] for one in bodies)
    assert cast("EmailMessage", letter.get_body(("plain",))).get_content().startswith("Hello")


def test_letters_without_a_calendar_are_as_before() -> None:
    Letter.post("x@example.org", "subject", "text", "<p>html").send()
    sent = cast("EmailMultiAlternatives", mail.outbox[0])
    assert (len(sent.alternatives), sent.attachments) == (1, [])


def test_changes_arrive_as_changes_of_the_same_entry(thehague: City) -> None:
    event = two_halls(thehague)
    hall, bay = event.venues.order_by("pk")
    ana, _token = Registration.make(hall, name="Ana", email="ana@example.org", language="en")
    first = event_of(invited := _calendar_of("confirmed", ana))[1]
    assert "PARTSTAT=ACCEPTED" in invited.replace("\r\n ", "")
    ana.move(bay, by="ana")
    deliver()
    method, moved = event_of(newest("Your place is in another hall").calendar)
    assert (method, moved["uid"], str(moved["location"])) == ("REQUEST", first["uid"], "Bay")
    event.change(by="x", title=Text.of("en", en="Another title"))
    deliver()
    tell("tell_change")
    tell("tell")
    method, changed = event_of(newest("Hours or place have changed").calendar)
    assert (method, changed["uid"], str(changed["summary"])) == ("REQUEST", first["uid"], "Another title")
    event.cancel("Storm", by="x")
    deliver()
    tell("tell")
    method, over = event_of(newest("The event is cancelled").calendar)
    assert (method, over["uid"], str(over["status"])) == ("CANCEL", first["uid"], "CANCELLED")
    assert first["sequence"] < moved["sequence"] < changed["sequence"] < over["sequence"]
    assert first["dtstamp"].dt <= moved["dtstamp"].dt <= over["dtstamp"].dt


def _calendar_of(kind: str, row: Registration) -> str:
    from cityplus.events import letters  # noqa: PLC0415 - beside its name here

    letters.told(row, kind)
    return Letter.objects.latest("id").calendar


def test_a_place_that_is_given_back_leaves_the_calendar_and_one_that_was_none_says_nothing(thehague: City) -> None:
    hall = meeting(thehague.actor, capacity=1).venues.get()
    ana, bo = (
        Registration.make(hall, name=name, email=f"{name}@example.org", language="en")[0] for name in ("ana", "bo")
    )
    bo.cancel(by="bo")
    deliver()
    assert newest("Your registration is cancelled").calendar == "", "who waited had nothing in the calendar"
    ana.cancel(by="ana")
    deliver()
    method, over = event_of(newest("Your registration is cancelled").calendar)
    assert (method, str(over["status"]), str(over["attendee"])) == ("CANCEL", "CANCELLED", "mailto:ana@example.org")
    again, _token = Registration.make(hall, name="ana", email="ana@example.org", language="en")
    assert event_of(_calendar_of("confirmed", again))[1]["uid"] != over["uid"], (
        "a cancelled entry is not taken up again"
    )


def test_a_place_is_a_file_for_who_may_see_it(thehague: City, client: Client) -> None:
    event = two_halls(thehague)
    client.post(PAGE, form(event, venue=str(event.venues.get(place=1).pk)))
    row, letter = Registration.objects.get(), Letter.objects.get()
    address = f"{PAGE}{row.pk}/place.ics"
    assert client.get(address).status_code == 404
    link = re.search(r"(/events/registration/\S+/)", letter.text)
    assert link and opened(client, link[1]).status_code == 302
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8" and "no-store" in answer["Cache-Control"]
    method, part = event_of(answer.content.decode())
    assert (method, part["uid"]) == ("PUBLISH", event_of(letter.calendar)[1]["uid"])
    assert address in client.get(f"{PAGE}{row.pk}/").content.decode()
    assert Client().get(address).status_code == 404


def test_pages_name_what_one_subscribes_to(thehague: City, client: Client) -> None:
    meeting(thehague.actor)
    page = client.get("/@thehague/events/meeting/").content.decode()
    assert re.search(r'href="webcal://[^"/]+/@thehague/events/meeting/agenda\.ics"', page)
    assert re.search(
        r'href="webcal://[^"/]+/@thehague/events\.ics"', client.get("/events/?of=thehague").content.decode()
    )


def test_a_session_that_is_taken_away_goes_from_the_entry_too(thehague: City, client: Client) -> None:
    event = two_halls(thehague)
    talk: dict[str, Any] = {"title": Text.of("en", en="Wind"), "starts_at": event.starts_at, "ends_at": event.ends_at}
    wind = Session.add(event, by="x", **talk)
    client.post(PAGE, form(event, sessions=[str(wind.pk)]))
    _method, before = event_of(newest("You are registered").calendar)
    assert "Wind" in str(before["description"])
    wind.remove(by="x")
    deliver()
    tell("tell_unseated")
    method, after = event_of(newest("A session has changed").calendar)
    assert (method, after["uid"]) == ("REQUEST", before["uid"]) and after["sequence"] > before["sequence"]
    assert "Wind" not in str(after["description"])
