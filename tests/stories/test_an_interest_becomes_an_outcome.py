"""A firm of The Hague asks, one of Shenzhen answers, their city helps, and a year later it stands in the totals of both."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone, translation

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.notifications.models import Notice
from cityplus.opportunities import expiring
from cityplus.opportunities.models import Interest, Opportunity, Outcome
from cityplus.opportunities.tests.cast import boss, firm
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db
WORK, DESK = "/work/@delta/opportunities/", "/desk/@thehague/"


class Clock:
    """The clock of the house, which a test moves on."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self.real, self.on = real, timedelta()

    def __call__(self) -> datetime:
        return self.real() + self.on

    def move(self, days: int) -> None:
        """To so many days after the beginning. What was done before is told before."""
        subscribers.deliver()
        self.on = timedelta(days=days)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock(timezone.now)
    monkeypatch.setattr(timezone, "now", moved)
    return moved


def get(client: Client, path: str) -> str:
    with translation.override("en"):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def post(client: Client, path: str, **words: Any) -> str:
    with translation.override("en"):
        answer = client.post(path, words)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def letters(subject: str) -> list[str]:
    """To whom there are letters with this subject."""
    subscribers.deliver()
    return sorted(Letter.objects.filter(subject=subject).values_list("to", flat=True))


def again(person: Person) -> Client:
    """A browser signed in anew, for sessions end in a year."""
    return sign_in(person)


def test_from_interest_to_outcome_a_year_later(  # noqa: PLR0915 - a story is told in one piece
    thehague: City, shenzhen: City, editor: Person, clock: Clock
) -> None:
    delta, port = firm(thehague, "delta"), firm(shenzhen, "port", languages=("zh-Hans", "en"))
    host, guest, team = sign_in(boss(delta)), sign_in(boss(port)), sign_in(editor)

    # Somebody in Shenzhen keeps a search; then Delta writes what it asks for, in two languages, and its city looks it over.
    post(guest, "/opportunities/searches/", name="Sensors", sector="62")
    words = {"tongue_0": "nl", "title_0": "Sensoren gezocht", "story_0": "Voor de haven.", "tongue_1": "en"}
    more = {"title_1": "Sensors wanted", "story_1": "For the harbour.", "languages": ["nl", "en"], "sectors": ["62"]}
    until = (timezone.now() + timedelta(days=200)).date().isoformat()
    plain = {"direction": "request", "kind": "pilot", "size": "medium", "audience": "all", "until": until}
    post(host, f"{WORK}new/", **words, **more, **plain)
    one = Opportunity.objects.get()
    assert one.slug == "sensors-wanted" and one.title.original == "nl"
    post(host, f"{WORK}sensors-wanted/submission/")
    assert "Sensoren gezocht" not in get(Client(), "/nl/opportunities/")
    assert "1 opportunity waits to be looked over." in get(team, DESK)
    post(team, f"{DESK}opportunities/{one.pk}/verdict/", say="back", reason="Say which harbour.")
    assert letters("An opportunity was given back") == ["delta@example.org"]
    assert "Say which harbour." in get(host, f"{WORK}sensors-wanted/")
    post(host, f"{WORK}sensors-wanted/", **{**words, "story_0": "Voor de haven van Scheveningen."}, **more, **plain)
    post(host, f"{WORK}sensors-wanted/submission/")
    post(team, f"{DESK}opportunities/{one.pk}/verdict/", say="public")
    assert "Sensoren gezocht" in get(Client(), "/nl/opportunities/")
    subscribers.deliver()
    assert Notice.objects.filter(person=boss(port), kind="opportunities.match").count() == 1

    # Port answers; the house relays. Delta answers back, both say how far they are, and Delta asks its city for help.
    talk = post(
        guest, f"{one.get_absolute_url()}interests/", **{"for": "port", "words": "我们有传感器。", "tongue": "zh-Hans"}
    )
    assert letters("A message about an opportunity") == ["delta@example.org"]
    post(host, f"{talk}messages/", words="Graag!", tongue="nl")
    assert letters("A message about an opportunity") == ["delta@example.org", "port@example.org"]
    post(host, f"{talk}help/", on="1")
    interest = Interest.objects.get()
    assert "1 conversation asks for your help." in get(team, DESK)
    post(team, f"{DESK}interests/{interest.pk}/assignment/", to=editor.username)
    post(team, f"{DESK}interests/{interest.pk}/messages/", words="The harbour master knows.", tongue="en")
    assert "The harbour master knows." in get(guest, talk)
    for side, browser in (("host", host), ("guest", guest)):
        post(browser, f"{talk}state/", state="meeting" if side == "guest" else "agreed")

    # Two weeks before its day Delta is asked whether it holds, once; it says so for another half a year.
    clock.move(190)
    assert [expiring.calendar()[0] for _ in range(3)] == [1, 0, 0]
    assert letters("Does this still hold?") == ["delta@example.org"]
    host = again(boss(delta))
    post(host, f"{WORK}sensors-wanted/renewal/", until=(timezone.now() + timedelta(days=100)).date().isoformat())
    clock.move(250)
    assert expiring.calendar() == (0, 0, 0) and Opportunity.objects.open().exists()
    clock.move(300)
    assert expiring.calendar()[1] == 1 and "Sensoren gezocht" not in get(Client(), "/nl/opportunities/")

    # A year later Port tells what came of it. It counts once Delta has confirmed it.
    clock.move(370)
    host, guest = again(boss(delta)), again(boss(port))
    today = timezone.now().date()
    money = {"value_from": "90000", "value_to": "120000", "currency": "EUR", "value_public": "on"}
    post(guest, f"{talk}outcomes/", kind="pilot", on=today.isoformat(), words="Twelve sensors.", tongue="en", **money)
    assert "Nothing has been confirmed yet." in get(Client(), "/opportunities/outcomes/")
    assert letters("Can you confirm this outcome?") == ["delta@example.org"]
    post(host, f"{talk}outcomes/{Outcome.objects.get().pk}/", say="confirmed")
    page = get(Client(), "/opportunities/outcomes/")
    for line in ("Shenzhen – The Hague", str(today.year), "€90,000 – €120,000", "Twelve sensors."):
        assert line in page, line
    assert today.year > one.made_at.year
    file = Client().get("/opportunities/outcomes/outcomes.csv").content.decode()
    assert '"pilot","delta","thehague","port","shenzhen","62","90000.00","120000.00","EUR"' in file
    trail = get(again(editor), f"{DESK}trail/?kind=outcome")
    assert len(re.findall("told what came of|confirmed what came of", trail)) >= 2
