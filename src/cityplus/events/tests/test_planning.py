"""Planning at the desks of two cities, at an organisation and at the office."""

from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import sitemap
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.events.models import Event, Organiser, Presenter, Registration
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.meeting_cast import company
from cityplus.events.tests.planning_cast import beginning, hall, whole
from cityplus.languages.text import Text
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
DESK = "/desk/@thehague/events/"


def member(city: City, role: str = "owner") -> Client:
    person = Person.objects.create_user(f"{city.handle}-{role}", password="a long password")
    Member.join(city, person, role, by="test")
    client = Client()
    client.force_login(person)
    return client


def told(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_event_is_planned_published_and_read(thehague: City, shenzhen: City, client: Client) -> None:
    owner = member(thehague)
    made = owner.post(DESK, beginning())
    event = Event.objects.get()
    assert made.headers["Location"] == f"{DESK}{event.pk}/"
    assert event.starts_at.astimezone(thehague.zone).hour == 9
    page = f"{DESK}{event.pk}/"
    assert owner.post(f"{page}places/", hall(city=str(thehague.pk))).status_code == 302
    assert owner.post(f"{page}places/", hall(**{"name.nl": "Bay", "time_zone": "Asia/Shanghai"})).status_code == 302
    assert client.get("/@thehague/events/meeting/").status_code == 404
    assert "Not public yet" in told(owner, "/@thehague/events/meeting/")
    said = {"story.en": "Two halls.", "sectors": ["J", "62"], "languages": ["en", "nl"], "bring.en": "A card."}
    assert owner.post(page, whole(event, **said)).status_code == 302
    assert owner.post(f"{page}publication/").status_code == 302
    shown = told(client, "/@thehague/events/meeting/")
    assert all(words in shown for words in ("Ontmoeting", "Two halls.", "A card.", "Software", "Atrium", "Bay"))
    assert "Europe" not in shown.split("<main")[1].split("</header>")[0] and "UTC+8" in shown
    assert "Meeting" in told(client, "/events/") and "Meeting" in told(client, "/events/?of=thehague&sector=J")
    assert "/@thehague/events/" not in told(client, "/events/?sector=A") + told(client, "/events/?when=past")


def test_a_form_says_what_is_wrong_and_keeps_nothing(thehague: City) -> None:
    owner = member(thehague)
    wrong = owner.post(DESK, beginning(slug="No Slug", ends_at="2000-01-01T00:00"))
    assert wrong.status_code == 422 and "Use small letters" in wrong.content.decode()
    skipped = owner.post(DESK, beginning(starts_at="2027-03-28T02:30", ends_at="2027-03-28T09:00"))
    assert "never shows this time" in skipped.content.decode()
    assert not Event.objects.exists()
    event = meeting(thehague.actor, capacity=3)
    venue = event.venues.get()
    Registration.make(venue, name="Ana", email="ana@example.org", language="en")
    Registration.make(venue, name="Bo", email="bo@example.org", language="en")
    page = f"{DESK}{event.pk}/places/{venue.pk}/"
    fewer = owner.post(page, hall(capacity="1"))
    assert fewer.status_code == 422 and "2 people have a place" in fewer.content.decode()
    assert "stays" in owner.post(f"{page}removal/", follow=True).content.decode()


def test_a_city_that_is_asked_agrees_at_its_own_desk_and_edits_alike(thehague: City, shenzhen: City) -> None:
    owner, other = member(thehague), member(shenzhen)
    owner.post(DESK, beginning())
    event = Event.objects.get()
    owner.post(f"{DESK}{event.pk}/places/", hall())
    theirs = f"/desk/@shenzhen/events/{event.pk}/"
    assert other.get(theirs).status_code == 404
    owner.post(f"{DESK}{event.pk}/organisers/", {"handle": "@shenzhen"})
    row = Organiser.objects.get(actor=shenzhen.actor)
    assert other.get(theirs).status_code == 200
    assert other.post(theirs, whole(event)).status_code == 403, "who is asked does not change it yet"
    assert "has not agreed yet" in owner.post(f"{DESK}{event.pk}/publication/", follow=True).content.decode()
    owner.post(f"{DESK}{event.pk}/organisers/{row.pk}/", {"answer": "agree"})
    row.refresh_from_db()
    assert row.agreed_at is None, "nobody agrees for another"
    other.post(f"{theirs}organisers/{row.pk}/", {"answer": "agree"})
    assert other.post(theirs, whole(event, **{"title.zh-Hans": "见面"})).status_code == 302
    assert other.post(f"{theirs}publication/").status_code == 302
    event.refresh_from_db()
    assert event.state == "published" and event.title.in_language("zh-Hans") == "见面"
    shown = told(Client(), "/zh-hans/@thehague/events/meeting/")
    assert "见面" in shown and "深圳" in shown and "Den Haag" in shown


def test_who_declines_is_no_organiser(thehague: City, shenzhen: City) -> None:
    other = member(shenzhen)
    event = Event.plan(thehague.actor, by="x", **_hours())
    row = Organiser.ask(event, shenzhen.actor, by="x")
    gone = other.post(f"/desk/@shenzhen/events/{event.pk}/organisers/{row.pk}/", {"answer": "leave"})
    assert gone.headers["Location"] == "/desk/@shenzhen/events/"
    assert [one.actor.handle for one in event.hosting.all()] == ["thehague"]


def _hours() -> dict[str, Any]:
    from django.utils import timezone  # noqa: PLC0415

    now = timezone.now()
    return {
        "slug": "plain",
        "kind": "talk",
        "title": Text.of("en", en="Plain"),
        "starts_at": now,
        "ends_at": now.replace(year=now.year + 1),
    }


def test_translators_look_and_do_not_plan(thehague: City) -> None:
    reader = member(thehague, "translator")
    event = meeting(thehague.actor)
    assert reader.get(DESK).status_code == 200 and reader.get(f"{DESK}{event.pk}/").status_code == 200
    assert reader.post(DESK, beginning()).status_code == 403
    assert reader.get(f"{DESK}{event.pk}/registrations/").status_code == 403, (
        "what people say of themselves is not for all"
    )


def test_an_organisation_and_the_office_plan_too(thehague: City) -> None:
    found = company("acme", thehague)
    boss = Client()
    boss.force_login(found.delegates.get().person)
    assert boss.post("/work/@acme/events/", beginning()).status_code == 302
    event = Event.objects.get()
    assert event.host == found.actor
    office = Client()
    office.force_login(Person.objects.create_user("office", password="a long password", is_staff=True))
    assert office.post(f"/office/events/{event.pk}/places/", hall()).status_code == 302
    nobody = office.post("/office/events/", beginning(host="nobody"))
    assert nobody.status_code == 422 and "by its handle" in nobody.content.decode()
    assert office.post("/office/events/", beginning(host="@thehague")).status_code == 302
    assert Client().get("/work/@acme/events/").status_code == 404
    assert member(thehague).get("/work/@acme/events/").status_code == 404


def test_agenda_presenters_questions_and_files(thehague: City, client: Client) -> None:
    owner, event = member(thehague), meeting(thehague.actor)
    page = f"{DESK}{event.pk}/"
    facts = {"names.nl": "Ana de Vries", "slug": "ana-de-vries", "title.nl": "Ingenieur", "clips": "/@nobody/routes/x/"}
    said = owner.post(f"{page}presenters/", facts, follow=True).content.decode()
    assert "There is nothing of this network at" in said
    ana = Presenter.objects.get()
    assert ana.city == thehague
    hours = whole(event)
    talk = {
        "title.nl": "Wind",
        "starts_at": hours["starts_at"],
        "ends_at": hours["ends_at"],
        "presenters": [str(ana.pk)],
    }
    assert owner.post(f"{page}agenda/", {**talk, "venue": ""}).status_code == 302
    outside = owner.post(f"{page}agenda/", {**talk, "venue": "", "starts_at": "2001-01-01T09:00"})
    assert outside.status_code == 422 and "within the hours" in outside.content.decode()
    session = event.agenda.get()
    paper = SimpleUploadedFile("x.pdf", b"%PDF-1.7 slides", content_type="application/pdf")
    assert '<option value="nl">' in told(owner, page)
    owner.post(f"{page}files/", {"file": paper, "title": "Slides", "session": str(session.pk), "language": "nl"})
    shown = told(client, "/@thehague/events/meeting/")
    assert "Wind" in shown and "Ana de Vries" in shown and "Slides" in shown
    assert re.search(r"PDF, 15\sbytes, Dutch", shown), "in which language it is"
    got = client.get(event.papers.get().get_absolute_url())
    assert b"".join(got.streaming_content) == b"%PDF-1.7 slides"  # type: ignore[attr-defined]
    assert "attachment" in got.headers["Content-Disposition"]
    evil = SimpleUploadedFile("x.pdf", b"<script>", content_type="application/pdf")
    assert "is a PDF" in owner.post(f"{page}files/", {"file": evil, "title": "X"}, follow=True).content.decode()
    seen = told(client, "/presenters/ana-de-vries/")
    assert "Wind" in seen and "Ingenieur" in seen and '"@type":"Person"' in seen
    question = {"words.en": "Vegetarian?", "kind": "yes"}
    assert owner.post(f"{page}questions/", question).status_code == 302
    assert "Vegetarian?" in told(client, "/@thehague/events/meeting/registration/")


def test_what_calendars_hear_of_makes_the_sequence_grow(thehague: City) -> None:
    owner, event = member(thehague), meeting(thehague.actor)
    page = f"{DESK}{event.pk}/"
    owner.post(page, whole(event, **{"title.nl": "", "title.en": "Meeting", "bring.en": "A card."}))
    event.refresh_from_db()
    assert (event.sequence, str(event.bring)) == (0, "A card.")
    owner.post(page, whole(event, **{"title.nl": "", "title.en": "Great meeting"}))
    event.refresh_from_db()
    assert event.sequence == 1
    owner.post(f"{page}cancellation/", {"reason": "No hall."})
    event.refresh_from_db()
    assert event.state == "published", "it is asked first whether one is sure"
    owner.post(f"{page}cancellation/", {"reason": "No hall.", "sure": "yes"})
    event.refresh_from_db()
    assert (event.state, event.sequence) == ("cancelled", 2)
    shown = told(Client(), "/@thehague/events/meeting/")
    assert "No hall." in shown and "EventCancelled" in shown
    assert owner.post(page, whole(event)).status_code == 403


def test_the_desk_says_what_waits_and_what_was_done(thehague: City, shenzhen: City) -> None:
    owner, other = member(thehague), member(shenzhen)
    event = meeting(thehague.actor, approval=True)
    Registration.make(event.venues.get(), name="Ana", email="ana@example.org", language="en")
    draft = Event.plan(thehague.actor, by="thehague-owner", **_hours())
    Organiser.ask(draft, shenzhen.actor, by="thehague-owner")
    assert "1 registration for “Meeting” waits" in told(owner, "/desk/@thehague/")
    assert "asked to hold “Plain” too" in told(other, "/desk/@shenzhen/")
    trail = told(owner, "/desk/@thehague/trail/")
    assert "began to plan" in trail
    assert "Plain" in trail and "shenzhen" in trail


def test_a_city_shows_its_coming_events_and_the_sitemap_has_them(thehague: City, client: Client) -> None:
    meeting(thehague.actor)
    Presenter.introduce("ana", by="x", city=thehague, names=Text.of("en", en="Ana"))
    assert "/@thehague/events/meeting/" in told(client, "/@thehague/")
    assert "/@thehague/events/meeting/" in sitemap(client, "events")
    assert "/presenters/ana/" in sitemap(client, "presenters")
