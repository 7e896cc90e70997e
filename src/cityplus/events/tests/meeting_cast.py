"""A meeting of two halls with organisations that want to meet each other."""

from __future__ import annotations

from datetime import timedelta

from cityplus.cities.models import City
from cityplus.events.meetings import running
from cityplus.events.models import Event, Party, Registration, Run, Timetable, Venue
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person


def halls(thehague: City, *, hours: int = 2, tables: int = 5, lines: int = 5) -> Timetable:
    """Two halls, and meetings of 25 minutes for two hours in the morning."""
    event = meeting(thehague.actor)
    Venue.objects.create(event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", place=1)
    event.venues.update(tables=tables, lines=lines)
    part = (event.starts_at, event.starts_at + timedelta(hours=hours))
    return Timetable.arrange(event, [part], minutes=25, walk=5, streak=0, by="owner")


def company(handle: str, city: City, *codes: str) -> Organisation:
    founder = Person.objects.create_user(f"{handle}-boss", password="a long password", email=f"{handle}@example.org")
    names = Text.of("en", en=handle.title())
    found = Organisation.found(handle, names, city, "company", founder, languages=["en"], size="small")
    found.busy_in(codes or ["62"])
    found.ask(by="boss")
    found.verify(by="desk")
    return found


def comes(timetable: Timetable, organisation: Organisation, hall: int = 0, **facts: object) -> Party:
    """It registers in a hall of the event, and takes part in the meetings."""
    event: Event = timetable.event
    venue = event.venues.order_by("place")[hall]
    email = f"{organisation.actor.handle}@example.org"
    founder = organisation.delegates.get().person
    about = {"name": "Boss", "email": email, "language": "en", "organisation": organisation, "person": founder}
    registration, _token = Registration.make(venue, **about)
    return Party.join(timetable, registration, by="boss", **facts)


def worked_out(timetable: Timetable) -> Run:
    """A run that the worker has done."""
    run = running.ask(timetable, by="owner")
    running.work_out(run.pk)
    run.refresh_from_db()
    return run
