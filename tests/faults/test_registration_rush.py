"""200 people register at one moment over three server processes: nobody is above the capacity of the hall or of a session, nobody is
lost, each has a letter; and of ten who then cancel at one moment the places go to who waits longest."""

from __future__ import annotations

import http.client
import re
import secrets
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.processes import ROOT, environment, free_port, wait_for

from cityplus.cities.models import City
from cityplus.events.models import Event, Registration, Seat, Session
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text
from cityplus.people.models import Letter

GUESTS, PLACES, SEATS, LEAVE = 200, 40, 25, 10
PAGE = "/@thehague/events/meeting/registration/"


class Guest:
    """A browser of its own, at an address of its own behind the proxy."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.number = port, number
        self.cookies = {"csrf": secrets.token_hex(16)}

    @property
    def email(self) -> str:
        return f"guest{self.number}@example.org"

    def ask(self, method: str, path: str, **form: object) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {
            "X-Forwarded-For": f"192.0.2.{self.number % 250 + 1}",
            "Host": f"localhost:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrf"], **form}) if method == "POST" else None
        line.request(method, path, body=body, headers=headers)
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status

    def register(self, start: threading.Barrier, venue: int, session: int) -> int:
        said = {"venue": venue, "sessions": session, "name": f"Guest {self.number}", "email": self.email}
        start.wait(60)
        return self.ask("POST", PAGE, **said, consent="on", time_zone="")

    def cancel(self, start: threading.Barrier, letter: str, number: int) -> list[int]:
        """By the link of the letter."""
        found = re.search(r"(/events/registration/\S+/)", letter)
        assert found
        opened = [self.ask("GET", found[1]), self.ask("POST", "/events/registration/")]
        start.wait(60)
        return [*opened, self.ask("POST", f"{PAGE}{number}/cancellation/")]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_above_capacity_and_who_waits_longest_comes_next(thehague: City, tmp_path: Path) -> None:
    event = meeting(thehague.actor, capacity=PLACES)
    venue = event.venues.get()
    when: dict[str, Any] = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    talk = Session.add(event, by="x", title=Text.of("en", en="Talk"), capacity=SEATS, **when)
    port = free_port()
    env = environment(tmp_path / "data", CITYPLUS_PORT=str(port), CITYPLUS_WORKERS="3", CITYPLUS_PROXIES="1")
    process = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=env, cwd=ROOT)
    try:
        wait_for(port, process)
        guests = [Guest(port, number) for number in range(GUESTS)]
        start = threading.Barrier(GUESTS)
        with ThreadPoolExecutor(GUESTS) as hands:
            answers = Counter(hands.map(lambda guest: guest.register(start, venue.pk, talk.pk), guests))
        assert answers == {302: GUESTS}
        first = _in_order(event, talk, gone=0)
        letters = dict(Letter.objects.values_list("to", "text"))
        assert set(letters) == {guest.email for guest in guests} and Letter.objects.count() == GUESTS
        start = threading.Barrier(LEAVE)
        by_mail = {guest.email: guest for guest in guests}
        with ThreadPoolExecutor(LEAVE) as hands:
            leave = [
                hands.submit(by_mail[row.email].cancel, start, letters[row.email], row.pk) for row in first[:LEAVE]
            ]
            assert [one.result() for one in leave] == [[302, 302, 302]] * LEAVE
        _in_order(event, talk, gone=LEAVE)
    finally:
        process.terminate()
        process.wait(30)


def _in_order(event: Event, talk: Session, *, gone: int) -> list[Registration]:
    """All are there, the first of them have the places and the seats, the others wait; so many of those who came first have gone."""
    rows = list(Registration.objects.filter(event=event).order_by("pk"))
    runs = [(state, len(list(some))) for state, some in groupby(row.state for row in rows)]
    waiting = GUESTS - PLACES - gone
    assert runs == [*([("cancelled", gone)] if gone else []), ("confirmed", PLACES), ("waiting", waiting)]
    seats = list(Seat.objects.filter(session=talk).order_by("pk"))
    assert [seat.registration_id for seat in seats] == [row.pk for row in rows[gone:]]
    assert [seat.state for seat in seats] == ["confirmed"] * SEATS + ["waiting"] * (GUESTS - SEATS - gone)
    assert event.venues.get().taken == PLACES and event.agenda.get().taken == SEATS
    return rows
