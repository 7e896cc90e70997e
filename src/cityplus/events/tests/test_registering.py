"""Registering over the pages: with an account, by the link of a letter, for an organisation; changing, cancelling, forgetting."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events import forgetting
from cityplus.events.models import Event, Question, Registration, Session, Venue
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.meeting_cast import company
from cityplus.events.tests.test_planning import member
from cityplus.journal.subscribers import deliver
from cityplus.languages import formats
from cityplus.languages.text import Text
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/@thehague/events/meeting/registration/"
SENT = f"{PAGE}sent/"


def form(event: Event, **more: Any) -> dict[str, Any]:
    venue = str(event.venues.order_by("pk")[0].pk)
    return {"venue": venue, "name": "Ana", "email": "ana@example.org", "time_zone": "", "consent": "on", **more}


def link() -> str:
    """The address in the newest letter."""
    found = re.search(r"https?://[^/]+(/\S*events/registration/\S+/)", Letter.objects.latest("id").text)
    assert found, Letter.objects.latest("id").text
    return found[1]


def opened(client: Client, address: str) -> Any:
    client.get(address)
    return client.post("/events/registration/")


def test_who_has_no_account_registers_by_a_link_that_opens_once(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor, capacity=1)
    answer = client.post(PAGE, form(event))
    assert answer.headers["Location"] == SENT
    row = Registration.objects.get()
    assert (row.state, row.consent_until) == (
        "confirmed",
        (event.ends_at.astimezone(event.zone) + timedelta(days=90)).date(),
    )
    address = link()
    landed = client.get(address)
    assert landed.headers["Location"] == "/events/registration/" and landed.headers["Referrer-Policy"] == "no-referrer"
    asked = client.get("/events/registration/")
    token = address.rstrip("/").rpartition("/")[2]
    assert token not in asked.content.decode()
    assert Registration.of_token(token), "to look at it spends nothing: programs look into letters"
    mine = client.post("/events/registration/")
    assert mine.headers["Location"] == f"{PAGE}{row.pk}/"
    assert "You have a place" in client.get(f"{PAGE}{row.pk}/").content.decode()
    other = Client()
    assert opened(other, address).status_code == 410 and other.get(f"{PAGE}{row.pk}/").status_code == 404
    row.refresh_from_db()
    assert row.proved_at is not None


def test_nobody_learns_who_comes(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    first = client.post(PAGE, form(event))
    again = Client().post(PAGE, form(event, name="Eve"))
    nobody = Client().post(f"{PAGE}letter/", {"email": "nobody@example.org"})
    assert {a.headers["Location"] for a in (first, again, nobody)} == {SENT}
    assert Registration.objects.get().name == "Ana"
    assert list(Letter.objects.values_list("to", flat=True)) == ["ana@example.org"] * 2


def test_who_waits_is_told_when_a_place_is_theirs(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor, capacity=1)
    for name in ("ana", "bo"):
        Client().post(PAGE, form(event, email=f"{name}@example.org"))
    ana, bo = Registration.objects.order_by("pk")
    assert (ana.state, bo.state) == ("confirmed", "waiting") and "waiting list" in Letter.objects.latest("id").text
    ana.cancel(by="")
    deliver()
    subjects = dict(Letter.objects.order_by("id").values_list("to", "subject"))
    assert subjects == {"ana@example.org": "Your registration is cancelled", "bo@example.org": "A place is yours"}
    deliver()
    assert Letter.objects.count() == 4, "told once"
    letter = Letter.objects.get(subject="A place is yours").text
    found = re.search(r"(/events/registration/\S+/)", letter)
    assert found and opened(client, found[1]).status_code == 302


def test_with_an_account_one_sees_it_at_once_and_changes_it(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1)
    other = Venue.objects.create(
        event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", capacity=1, place=1
    )
    when = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    talk = Session.objects.create(event=event, title=Text.of("en", en="Talk"), **when)
    lamp = Session.objects.create(event=event, venue=other, title=Text.of("en", en="Lamp"), **when)
    asked = Question.ask(
        event,
        by="x",
        kind="choice",
        words=Text.of("en", en="Food?"),
        options=Text.of("en", en="Fish\nRice"),
        required=True,
    )
    person = Person.objects.create_user("ana", email="ana@example.org", password="a long password")
    browser = Client()
    browser.force_login(person)
    starts = [formats.clock(event.starts_at, zone, "en") for zone in ("Europe/Amsterdam", "Asia/Shanghai")]
    asks = browser.get(PAGE).content.decode()
    assert f"{starts[0]} Hall · {starts[1]} Bay: Talk" in asks, "what is in both halls, by both clocks"
    assert f"{starts[1]} Lamp" in asks
    missing = browser.post(PAGE, form(event))
    assert missing.status_code == 422 and not Registration.objects.exists()
    wrong = browser.post(PAGE, form(event, sessions=[str(lamp.pk)], **{f"q{asked.pk}": "1"}))
    assert "in another hall" in wrong.content.decode()
    made = browser.post(PAGE, form(event, sessions=[str(talk.pk)], **{f"q{asked.pk}": "1"}))
    row = Registration.objects.get()
    assert made.headers["Location"] == f"{PAGE}{row.pk}/" and row.person == person
    assert row.answers == {str(asked.pk): "1"} and asked.said("1", "en") == "Rice"
    change = form(event, venue=str(other.pk), sessions=[str(lamp.pk)], **{f"q{asked.pk}": "0"})
    assert browser.post(f"{PAGE}{row.pk}/", change).status_code == 302
    row.refresh_from_db()
    assert (row.venue, row.state) == (other, "confirmed")
    assert [seat.session for seat in row.seats.all()] == [lamp] and row.answers == {str(asked.pk): "0"}
    for venue, taken in ((event.venues.order_by("pk")[0], 0), (other, 1)):
        venue.refresh_from_db()
        assert venue.taken == taken
    stranger = Client()
    assert stranger.get(f"{PAGE}{row.pk}/").status_code == 404
    browser.post(f"{PAGE}{row.pk}/cancellation/")
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_who_moves_to_a_full_hall_keeps_the_place(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=1)
    first = event.venues.get()
    other = Venue.objects.create(
        event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", capacity=1, place=1
    )
    rows = [
        Registration.make(v, name=e, email=f"{e}@example.org", language="en")[0]
        for v, e in ((first, "a"), (other, "b"), (first, "c"))
    ]
    from cityplus.events.errors import RegistrationError  # noqa: PLC0415

    with pytest.raises(RegistrationError, match="here you keep your place"):
        rows[0].move(other, by="a")
    rows[1].cancel(by="b")
    rows[0].move(other, by="a")
    assert [Registration.objects.get(pk=row.pk).state for row in rows] == ["confirmed", "cancelled", "confirmed"]
    assert dict(event.venues.values_list("pk", "taken")) == {first.pk: 1, other.pk: 1}


def test_an_organisation_is_registered_by_who_deals_for_it(thehague: City) -> None:
    event, found = meeting(thehague.actor), company("acme", thehague)
    boss = Client()
    boss.force_login(found.delegates.get().person)
    assert "Acme" in boss.get(PAGE).content.decode()
    boss.post(PAGE, form(event, email="staff@example.org", organisation=str(found.pk)))
    row = Registration.objects.get()
    assert row.organisation == found and row.person is None
    assert "Acme" in boss.get(f"{PAGE}{row.pk}/").content.decode(), "who deals for it sees it too"
    Client().post(PAGE, form(event, organisation=str(found.pk)))
    assert Registration.objects.get(email="ana@example.org").organisation is None, (
        "a stranger registers no organisation"
    )


def test_organisers_decide_where_they_want_to(thehague: City) -> None:
    event, owner = meeting(thehague.actor, approval=True), member(thehague)
    for name in ("ana", "bo"):
        Client().post(PAGE, form(event, email=f"{name}@example.org"))
    page = f"/desk/@thehague/events/{event.pk}/registrations/"
    assert "ana@example.org" in owner.get(f"{page}?state=asked").content.decode()
    for row, decision in zip(Registration.objects.order_by("pk"), ("approve", "refuse"), strict=True):
        assert owner.post(f"{page}{row.pk}/", {"decision": decision}).status_code == 302
    deliver()
    assert set(Letter.objects.values_list("subject", flat=True)) == {
        "Your registration is looked at",
        "A place is yours",
        "Not this time",
    }


def test_a_place_that_nobody_shows_to_be_theirs_is_given_back(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor, capacity=1)
    client.post(PAGE, form(event))
    Client().post(PAGE, form(event, email="bo@example.org"))
    opened(client, link())  # the letter of bo
    forgetting.forget()
    assert not Registration.objects.filter(state="cancelled").exists()
    Registration.objects.update(made_at=timezone.now() - timedelta(days=3))
    forgetting.forget()
    assert dict(Registration.objects.values_list("email", "state")) == {
        "ana@example.org": "cancelled",
        "bo@example.org": "confirmed",
    }


def test_when_the_consent_ends_what_was_said_is_forgotten(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    Question.ask(event, by="x", kind="line", words=Text.of("en", en="Why?"))
    client.post(PAGE, form(event, **{f"q{event.questions.get().pk}": "Secret"}))
    client.post(PAGE, form(event, email="bo@example.org"))
    forgetting.forget()
    assert Registration.objects.filter(email="ana@example.org").exists()
    Registration.objects.update(consent_until=timezone.now().date() - timedelta(days=1))
    forgetting.forget()
    forgetting.forget()
    rows = list(Registration.objects.order_by("pk"))
    assert [(row.name, row.answers, row.state) for row in rows] == [("", {}, "confirmed")] * 2
    assert all(row.email.endswith("@forgotten.invalid") for row in rows)
    with transaction.atomic():
        assert event.venues.get().taken == 2, "the numbers stay"


def test_afterwards_organisers_see_numbers_decide_nothing_and_read_that_it_was_forgotten(
    thehague: City, client: Client
) -> None:
    event = meeting(thehague.actor)
    client.post(PAGE, form(event))
    row, owner = Registration.objects.get(), member(thehague)
    page = f"/desk/@thehague/events/{event.pk}/registrations/"
    assert 'value="cancel"' in owner.get(page).content.decode()
    Event.objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    assert 'value="cancel"' not in owner.get(page).content.decode()
    refused = owner.post(f"{page}{row.pk}/", {"decision": "cancel"}, follow=True)
    assert "its registrations stay as they are" in refused.content.decode()
    assert Registration.objects.get().state == "confirmed"
    row.forget()
    shown = owner.get(page).content.decode()
    assert "Forgotten, as was agreed" in shown and "invalid" not in shown and "You have a place" not in shown


def test_an_address_gets_few_letters(thehague: City) -> None:
    meeting(thehague.actor)
    answers = [Client().post(f"{PAGE}letter/", {"email": "ana@example.org"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_an_address_that_is_too_long_to_keep_is_refused_with_words(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    answer = client.post(PAGE, form(event, email=f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.{'c' * 60}.example"))
    assert answer.status_code == 422 and "254" in answer.content.decode()
    assert not Registration.objects.exists() and not Letter.objects.exists()


def test_a_letter_names_the_city_of_the_hall_beside_its_hours(thehague: City, shenzhen: City, client: Client) -> None:
    event = meeting(thehague.actor)
    event.venues.update(city=shenzhen, time_zone="Asia/Shanghai")
    client.post("/nl" + PAGE, form(event, time_zone="America/New_York"))
    text = Letter.objects.get().text
    assert "(Shenzhen UTC+8)" in text and "Shanghai" not in text and "(New York UTC" in text


def test_when_it_has_ended_nobody_is_told_that_it_opens(thehague: City, client: Client) -> None:
    now = timezone.now()
    meeting(thehague.actor, opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    page = client.get(PAGE).content.decode()
    assert "Registration has ended." in page and "It opens" not in page
    Event.objects.update(opens_at=now + timedelta(days=1), closes_at=None)
    page = client.get(f"{PAGE}?fresh").content.decode()
    assert "It opens" in page and "Registration has ended." not in page


def test_what_is_wrong_is_listed_with_the_way_to_it(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    Venue.objects.create(event=event, name=Text.of("en", en="Other hall"), time_zone="Asia/Shanghai")
    shown = client.post(PAGE, {"name": "", "email": "ana"}).content.decode()
    assert not Registration.objects.exists()
    for name in ("venue", "name", "email", "consent"):
        assert f'<a href="#id_{name}">' in shown and shown.count(f'id="id_{name}_error"') == 1
        assert f'aria-describedby="id_{name}_error"' in shown
    assert '<a href="#id_sessions">' not in shown and shown.count(' id="id_venue"') == 1
