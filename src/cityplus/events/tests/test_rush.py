"""What one registration costs, what many at a time see, and that neither takes anything from limits or from what organisers ask."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityplus import journal
from cityplus.cities.models import City
from cityplus.events.models import Event, Question, Registration, Session
from cityplus.events.registering import showing, taking
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.test_registering import PAGE, SENT, form, link
from cityplus.languages.text import Text
from cityplus.limits import Limit, counting
from cityplus.limits.models import Tally
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db(transaction=True)
MOST = {"sqlite": 15, "postgresql": 16}
"""Statements of one registration for a hall and two sessions, with its beginning and its commit; PostgreSQL is asked for the order of
the journal too."""


def talks(event: Event, count: int, capacity: int = 0) -> list[Session]:
    when: dict[str, Any] = {"starts_at": event.starts_at, "ends_at": event.ends_at, "capacity": capacity}
    return [Session.add(event, by="x", title=Text.of("en", en=f"Talk {n}"), **when) for n in range(count)]


def sent(event: Event, number: int, sessions: list[Session]) -> Any:
    mail = f"g{number}@example.org"
    return Client().post(PAGE, form(event, email=mail, sessions=[str(one.pk) for one in sessions]))


def test_a_registration_is_one_commit_and_few_questions(thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_SWEEP_ONE_IN", 10**9)
    event = meeting(thehague.actor, capacity=10)
    sessions = talks(event, 6)
    sent(event, 0, [])
    spent = []
    for number, wanted in enumerate((sessions[:2], sessions), 1):
        said = form(event, email=f"g{number}@example.org", sessions=[str(one.pk) for one in wanted])
        with CaptureQueriesContext(connection) as asked:
            assert Client().post(PAGE, said).headers["Location"] == SENT
        queries = [query["sql"] for query in asked.captured_queries]
        assert sum(one.startswith("COMMIT") for one in queries) == 1, queries
        spent.append(len(queries))
    assert spent == [MOST[connection.vendor]] * 2, queries
    with CaptureQueriesContext(connection) as asked:
        sent(event, 2, [])
    assert sum(query["sql"].startswith("COMMIT") for query in asked) == 1, (
        "it takes no longer who is registered already"
    )
    assert (Registration.objects.count(), Letter.objects.count()) == (3, 4)


def test_who_comes_to_nothing_was_counted_all_the_same(thehague: City) -> None:
    event = meeting(thehague.actor)
    answers = [sent(event, 1, []).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429], "one letter of the registration, four with another link, and no more"
    assert Registration.objects.count() == 1 and Letter.objects.count() == 5


def test_a_network_registers_so_often_and_no_more(thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "REGISTRATIONS", Limit("registrations of a network", 3, 600))
    event = meeting(thehague.actor)
    answers = [sent(event, number, []).status_code for number in range(5)]
    assert answers == [302] * 3 + [429] * 2
    assert Registration.objects.count() == Letter.objects.count() == 3
    assert sorted(Tally.objects.values_list("times", flat=True)) == [1, 1, 1, 3], "what was refused is not counted"


def test_what_organisers_change_is_asked_at_once(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1)
    assert sent(event, 0, []).status_code == 302
    question = Question.ask(event, by="x", kind="line", words=Text.of("en", en="Why?"), required=True)
    assert sent(event, 1, []).status_code == 422
    question.remove(by="x")
    assert sent(event, 1, []).status_code == 302
    talk, _other = talks(event, 2)
    assert sent(event, 2, [talk]).status_code == 302
    talk.remove(by="x")
    gone = sent(event, 3, [talk])
    assert gone.status_code == 422 and Registration.objects.count() == 3
    event.venues.get().change(by="x", capacity=9)
    assert set(Registration.objects.values_list("state", flat=True)) == {"confirmed"}
    event.cancel("No hall.", by="x")
    assert sent(event, 3, []).status_code == 422


def test_a_draft_is_nobodys_to_register_for(thehague: City) -> None:
    event = meeting(thehague.actor)
    sent(event, 0, [])
    Event.objects.update(state="draft")
    with transaction.atomic():
        event.record("changed", "x")
    assert sent(event, 1, []).status_code == 404


def test_letters_that_are_made_once_for_many_have_each_their_own_link(thehague: City) -> None:
    event = meeting(thehague.actor)
    sessions = talks(event, 2, capacity=1)
    tokens = []
    for number in range(3):
        sent(event, number, sessions)
        tokens.append(link().rstrip("/").rpartition("/")[2])
    letters = list(Letter.objects.order_by("id"))
    owners = [Registration.of_token(token) for token in tokens]
    assert [row.email for row in owners if row] == [letter.to for letter in letters]
    assert all(token in letter.html for token, letter in zip(tokens, letters, strict=True))
    assert ["Talk 1" in letter.text for letter in letters] == [True, False, False]


def test_the_form_is_made_once_a_second_for_strangers_and_each_has_a_token(
    thehague: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(now=1_000_000.0)
    monkeypatch.setattr(showing, "time", SimpleNamespace(time=lambda: clock.now))
    event = meeting(thehague.actor, capacity=2)
    ana, bo = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    assert "2 places left" in ana.get(PAGE).content.decode()
    with CaptureQueriesContext(connection) as asked:
        page = bo.get(PAGE).content.decode()
    assert len(asked) == 1, "what the trail has come to, and no more"
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    foreign = ana.post(PAGE, form(event, csrfmiddlewaretoken=tokens[0]))
    assert foreign.status_code == 403, "the token in the page is of who got it"
    assert bo.post(PAGE, form(event, csrfmiddlewaretoken=tokens[0])).headers["Location"] == SENT
    clock.now += 1
    assert "1 place left" in ana.get(PAGE).content.decode()
    person = Person.objects.create_user("ana", email="ana.here@example.org", password="a long password")
    ana.force_login(person)
    assert "ana.here@example.org" in ana.get(PAGE).content.decode()
    assert "ana.here@example.org" not in Client().get(PAGE).content.decode()


_PATIENCE = {
    "sqlite": ("PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000"),
    "postgresql": ("SET lock_timeout = 50", "RESET lock_timeout"),
}


@contextmanager
def held() -> Iterator[None]:
    """Somebody else writes, and does not come to an end; who waits here does so for a moment only."""
    began, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            journal.queue_up()
            began.set()
            done.wait(60)
        connections.close_all()

    impatient, patient = _PATIENCE[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(impatient)
    other = threading.Thread(target=hold)
    other.start()
    assert began.wait(60)
    try:
        yield
    finally:
        done.set()
        other.join()
        with connection.cursor() as cursor:
            cursor.execute(patient)


def test_who_comes_when_the_database_is_busy_keeps_what_they_wrote(thehague: City) -> None:
    event = meeting(thehague.actor)
    with held():
        answer = sent(event, 1, [])
        page = answer.content.decode()
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "30"
    assert "you are not registered yet" in page and 'value="g1@example.org"' in page and 'value="Ana"' in page
    assert not Registration.objects.exists() and not Letter.objects.exists() and not Tally.objects.exists()
    assert sent(event, 1, []).headers["Location"] == SENT


def test_any_page_that_writes_asks_for_patience_then(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    sent(event, 1, [])
    client.get(link())
    with held():
        answer = client.post("/events/registration/")
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "30"
    assert "A little patience" in answer.content.decode()
    assert client.post("/events/registration/").status_code == 302, "the link was not spent"
