"""Our calendars as khal reads them, a program that we do not write: what is in them, by which clock, what has changed and what is over."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City
from cityplus.events import invitations
from cityplus.events.meetings import running
from cityplus.events.models import Event, Meeting, Registration, Session, Venue
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.meeting_cast import comes, company, halls, worked_out
from cityplus.languages.text import Text
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
STARTS = datetime(2027, 3, 27, 8, 0, tzinfo=UTC)
"""Nine in the morning in The Hague, the day before clocks go forward there."""
FILE = "/@thehague/events/meeting/agenda.ics"
AMSTERDAM, SHANGHAI = "Europe/Amsterdam", "Asia/Shanghai"
CONF = """
[calendars]
[[ours]]
path = {root}/ours
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = {zone}
default_timezone = {zone}
[sqlite]
path = {root}/khal.db
"""


class Khal:
    """A calendar on somebody's desk, by the clock of a zone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "ours").mkdir()

    def _run(self, zone: str, *words: str) -> str:
        (self.root / "conf").write_text(CONF.format(root=self.root, zone=zone))
        command = [str(Path(sys.executable).with_name("khal")), "-c", str(self.root / "conf"), *words]
        env = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": str(self.root)}
        done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert "rror" not in done.stderr, done.stderr
        return done.stdout

    def take(self, body: bytes | str) -> None:
        """Import a file; what has the same UID is replaced."""
        file = self.root / "taken.ics"
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
        self._run(AMSTERDAM, "import", "--batch", "-a", "ours", str(file))

    def says(self, zone: str = AMSTERDAM, since: datetime = STARTS) -> list[str]:
        """What it lists of twenty days, without the heads of the days."""
        row = "{start-date-long} {start-time} {end-date-long} {end-time} {title}|{location}|{status}"
        said = self._run(zone, "list", "--day-format", "", "--once", "--format", row, f"{since:%Y-%m-%d}", "20d")
        return [line.strip() for line in said.splitlines() if "|" in line]


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path)


@pytest.fixture
def event(thehague: City, shenzhen: City) -> Event:
    """Two days in two halls, with a session in each zone and on each side of the night in which clocks go forward."""
    event = meeting(thehague.actor, starts_at=STARTS, ends_at=STARTS + timedelta(days=1, hours=8))
    event.venues.update(city=thehague, address="Spui 70")
    bay = {"name": Text.of("zh-Hans", zh_Hans="深圳湾, 3", en="Bay; hall, 3"), "city": shenzhen, "time_zone": SHANGHAI}
    event.add_venue(by="x", **bay)
    hall, bay_hall = event.venues.order_by("pk")
    for name, venue, hours in (("Wind", hall, 0), ("Sea", hall, 23), ("海湾", bay_hall, 24)):
        start = STARTS + timedelta(hours=hours)
        words: dict[str, Any] = {
            "title": Text.of("en", en=name),
            "venue": venue,
            "starts_at": start,
            "ends_at": start + timedelta(hours=1),
        }
        Session.add(event, by="x", **words)
    return event


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        (AMSTERDAM, ["2027-03-27 09:00 2027-03-28 18:00", "27 09:00", "28 09:00", "28 10:00"]),
        (SHANGHAI, ["2027-03-27 16:00 2027-03-29 00:00", "27 16:00", "28 15:00", "28 16:00"]),
    ],
)
def test_hours_are_right_by_both_clocks_on_both_sides_of_the_change(
    khal: Khal, event: Event, client: Client, zone: str, hours: list[str]
) -> None:
    khal.take(client.get(FILE).content)
    main, *sessions = sorted(khal.says(zone), key=lambda row: "Meeting" not in row)
    assert main.startswith(hours[0])
    assert "Meeting|Hall, Spui 70; Bay; hall, 3|" in main
    assert sorted(row[8:16] for row in sessions) == hours[1:]
    assert [row.split("|")[0].split()[-1] for row in sorted(sessions)] == ["Wind", "Sea", "海湾"]


def test_what_changes_is_moved_and_what_is_cancelled_is_said_so(khal: Khal, event: Event, client: Client) -> None:
    khal.take(client.get(FILE).content)
    for session in event.agenda.all():
        session.change(
            by="x", starts_at=session.starts_at + timedelta(hours=1), ends_at=session.ends_at + timedelta(hours=1)
        )
    khal.take(client.get(FILE).content)
    moved = khal.says()
    assert len(moved) == 4
    assert [row[8:16] for row in moved if "Wind" in row] == ["27 10:00"]
    event.cancel("No hall; sorry", by="x")
    khal.take(client.get(FILE).content)
    over = khal.says()
    assert len(over) == 4
    assert all("CANCELLED" in row for row in over)


def test_a_city_and_a_pair(khal: Khal, event: Event, thehague: City, client: Client) -> None:
    meeting(
        thehague.actor,
        slug="alone",
        title=Text.of("en", en="Alone"),
        starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=1),
    )
    khal.take(client.get("/ties/shenzhen+thehague/events.ics").content)
    assert [row.split("|")[0].split()[-1] for row in khal.says()] == ["Meeting"]
    khal.take(client.get("/@thehague/events.ics").content)
    assert sorted(row.split("|")[0].split()[-1] for row in khal.says()) == ["Alone", "Meeting"]


def test_a_person_has_their_hall_their_sessions_and_each_place_once(khal: Khal, event: Event, client: Client) -> None:
    bay = Venue.objects.get(event=event, time_zone=SHANGHAI)
    ana = Person.objects.create_user("ana", email="ana@example.org", password="a long password")
    seat = event.agenda.get(venue=bay)
    Registration.make(bay, name="Ana", email=ana.email, language="en", person=ana, sessions=[seat])
    Registration.make(bay, name="Bo", email="bo@example.org", language="en", person=ana)
    page = sign_in(ana).get("/events/mine/").content.decode()
    address = re.search(r"/events/mine/\S+/calendar\.ics", page)
    assert address
    khal.take(client.get(address[0]).content)
    rows = khal.says(SHANGHAI)
    assert len([row for row in rows if "Meeting|Bay; hall, 3|" in row]) == 2, "for herself, and for a colleague"
    assert [row[8:16] for row in rows if "海湾" in row] == ["28 16:00"]


def test_letters_put_a_place_into_the_calendar_move_it_and_take_it_out(khal: Khal, event: Event) -> None:
    hall, bay = event.venues.order_by("pk")
    mine, _token = Registration.make(hall, name="Ana", email="ana@example.org", language="en")
    khal.take(invitations.of(mine, "confirmed", "", []))
    assert "Hall, Spui 70" in khal.says()[0]
    mine.move(bay, by="ana")
    event.change(by="x", starts_at=STARTS - timedelta(hours=1))
    mine.refresh_from_db()
    khal.take(invitations.of(Registration.objects.get(pk=mine.pk), "moved", "", []))
    (moved,) = khal.says(SHANGHAI)
    assert moved.startswith("2027-03-27 15:00") and "Bay; hall, 3" in moved
    mine.cancel(by="ana")
    khal.take(invitations.of(Registration.objects.get(pk=mine.pk), "cancelled", "confirmed", []))
    (over,) = khal.says()
    assert "CANCELLED" in over


def test_the_meetings_of_an_organisation(khal: Khal, thehague: City, shenzhen: City) -> None:
    timetable = halls(thehague)
    ahoy, chai = comes(timetable, company("ahoy", thehague)), comes(timetable, company("chai", shenzhen), 1)
    ahoy.wish(chai, "want", by="ahoy")
    running.publish(worked_out(timetable), by="owner")
    found = Meeting.objects.get()
    boss = sign_in(ahoy.organisation.delegates.get().person)
    address = "/@thehague/events/meeting/meetings/ahoy/meetings.ics"
    khal.take(boss.get(address).content)
    for party in (ahoy, chai):
        zone = party.venue.time_zone
        (row,) = khal.says(zone, found.starts_at - timedelta(days=1))
        assert row.startswith(f"{found.starts_at.astimezone(party.venue.zone):%Y-%m-%d %H:%M}"), zone
        assert "Chai|Video line 1, Hall|" in row
    found.call_off(chai, "", by="chai")
    khal.take(boss.get(address).content)
    (over,) = khal.says(AMSTERDAM, found.starts_at - timedelta(days=1))
    assert "CANCELLED" in over
