"""What a person takes along of events, and what stays of them when they leave."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cityplus.cities.models import City
from cityplus.events import forgetting
from cityplus.events.models import Organiser, Presenter, Question, Registration, Session
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.social.takeout import writing

pytestmark = pytest.mark.django_db


def taken(person: Person, tmp_path: Path) -> dict[str, Any]:
    writing.fill(person, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as whole:
        return {name: json.loads(whole.read(name)) for name in ("registrations.json", "presenters.json", "events.json")}


@pytest.fixture
def registered(thehague: City, shenzhen: City, visitor: Person) -> Registration:
    """The visitor at a meeting of The Hague, with a seat and two answers; somebody else beside them."""
    event = meeting(thehague.actor, capacity=5)
    Organiser.ask(event, shenzhen.actor, by="visitor")
    hours: dict[str, Any] = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    talk = Session.add(event, by="x", title=Text.of("en", en="Tides"), capacity=1, **hours)
    diet = Question.ask(
        event, by="x", kind="choice", words=Text.of("en", en="Lunch?"), options=Text.of("en", en="Fish\nRice")
    )
    facts: dict[str, Any] = {"language": "en", "sessions": [talk], "consent_until": date(2031, 1, 2)}
    mine, _ = Registration.make(
        event.venues.get(),
        name="Vera",
        email="vera@example.org",
        person=visitor,
        answers={str(diet.pk): 1, "gone": "left over"},
        **facts,
    )
    Registration.make(event.venues.get(), name="Other", email="other@example.org", **facts)
    mine.scans.create(
        event=event, venue=mine.venue, device="d", nonce="n", how="code", at=datetime(2030, 5, 1, 9, tzinfo=UTC),
        received_at=datetime(2030, 5, 1, 9, tzinfo=UTC), by="visitor", outcome="in",
    )  # fmt: skip
    Presenter.introduce("vera", by="x", city=thehague, person=visitor, names=Text.of("en", en="Vera"))
    return mine


def test_one_takes_along_ones_own_registrations_seats_answers_and_consents(
    registered: Registration, visitor: Person, tmp_path: Path
) -> None:
    told = taken(visitor, tmp_path)
    (row,) = told["registrations.json"]
    assert row["event"] == "http://localhost:8000/@thehague/events/meeting/"
    assert (row["name"], row["email"], row["state"]) == ("Vera", "vera@example.org", "confirmed")
    assert [(one["session"]["versions"]["en"]["text"], one["state"]) for one in row["seats"]] == [
        ("Tides", "confirmed")
    ]
    assert [(one["question"] and one["question"]["versions"]["en"]["text"], one["answer"]) for one in row["answers"]] == [
        ("Lunch?", "Rice"), (None, "left over"),
    ]  # fmt: skip
    assert row["organisers_may_keep_it_until"] == "2031-01-02"
    assert row["seen_at_doors"] == [{"at": "2030-05-01T09:00:00+00:00", "left": False, "came_to": "in"}]
    assert [one["address"] for one in told["presenters.json"]] == ["http://localhost:8000/presenters/vera/"]
    assert [(one["for"], one["agreed"]) for one in told["events.json"]] == [("shenzhen", None)]
    assert "other@example.org" not in json.dumps(told)


def test_nobody_takes_along_what_is_others(registered: Registration, owner: Person, tmp_path: Path) -> None:
    assert taken(owner, tmp_path) == {"registrations.json": [], "presenters.json": [], "events.json": []}


def test_who_has_left_is_named_nowhere(registered: Registration, visitor: Person) -> None:
    forgetting.purge(visitor, None)
    registered.refresh_from_db()
    assert (registered.person, registered.name, registered.answers) == (None, "", {})
    assert "vera@" not in registered.email
    assert Presenter.objects.get(slug="vera").person is None
    assert Organiser.objects.get(actor__handle="shenzhen").asked_by == visitor.nameless
    assert registered.scans.get().by == visitor.nameless
    assert not Registration.objects.filter(email="other@example.org", name="").exists()
