"""200 people register at one moment over three server processes: nobody is above capacity, nobody is lost, and each has a letter."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.processes import ROOT, environment, free_port, wait_for

from cityplus.cities.models import City
from cityplus.events.models import Event, Registration
from cityplus.events.tests.cast import meeting
from cityplus.people.models import Letter

GUESTS, PLACES = 200, 40
PAGE = "/@thehague/events/meeting/registration/"


class Guest:
    """A browser of its own, at an address of its own behind the proxy."""

    def __init__(self, port: int, number: int, venue: int) -> None:
        self.port, self.number, self.venue = port, number, venue
        self.token, self.cookie = self._form()

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def _headers(self) -> dict[str, str]:
        return {"X-Forwarded-For": f"192.0.2.{self.number % 250 + 1}", "Host": f"localhost:{self.port}"}

    def _form(self) -> tuple[str, str]:
        line = self._line()
        line.request("GET", PAGE, headers=self._headers())
        answer = line.getresponse()
        page, cookie = answer.read().decode(), answer.headers["Set-Cookie"].partition(";")[0]
        line.close()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        return found[1], cookie

    def register(self, start: threading.Barrier) -> int:
        body = urlencode({
            "csrfmiddlewaretoken": self.token, "venue": self.venue, "name": f"Guest {self.number}",
            "email": f"guest{self.number}@example.org", "consent": "on", "time_zone": "",
        })  # fmt: skip
        form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        start.wait(60)
        line = self._line()
        line.request("POST", PAGE, body=body, headers={**self._headers(), **form})
        status = line.getresponse().status
        line.close()
        return status


@pytest.mark.django_db(transaction=True)
def test_nobody_is_above_capacity(thehague: City, tmp_path: Path) -> None:
    event = meeting(thehague.actor, capacity=PLACES)
    venue = event.venues.get()
    port = free_port()
    env = environment(tmp_path / "data", CITYPLUS_PORT=str(port), CITYPLUS_WORKERS="3", CITYPLUS_PROXIES="1")
    process = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=env, cwd=ROOT)
    try:
        wait_for(port, process)
        guests = [Guest(port, number, venue.pk) for number in range(GUESTS)]
        start = threading.Barrier(GUESTS)
        with ThreadPoolExecutor(GUESTS) as hands:
            answers = Counter(hands.map(lambda guest: guest.register(start), guests))
    finally:
        process.terminate()
        process.wait(30)
    assert answers == {302: GUESTS}
    venue.refresh_from_db()
    states = list(Registration.objects.filter(event=Event.objects.get()).order_by("pk").values_list("state", flat=True))
    assert states == ["confirmed"] * PLACES + ["waiting"] * (GUESTS - PLACES) and venue.taken == PLACES
    assert set(Letter.objects.values_list("to", flat=True)) == {f"guest{n}@example.org" for n in range(GUESTS)}
