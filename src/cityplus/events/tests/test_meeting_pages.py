"""The pages of the meetings: who comes in, what they see and do there, and what they take along."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from cityplus.cities.models import City
from cityplus.events.meetings import running
from cityplus.events.meetings.calendar import fold
from cityplus.events.models import Event, Meeting, Party, Registration, Run, Timetable, Venue, Wish
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.meeting_cast import comes, company, halls, worked_out
from cityplus.languages.text import Text
from cityplus.organisations import encounters
from cityplus.organisations.models import Delegate
from cityplus.people.models import Person

MINE, CONSOLE = "/@thehague/events/meeting/meetings/", "/@thehague/events/meeting/console/meetings/"


@pytest.fixture
def timetable(thehague: City) -> Timetable:
    return halls(thehague)


@pytest.fixture
def ahoy(timetable: Timetable, thehague: City) -> Party:
    return comes(timetable, company("ahoy", thehague), 0)


@pytest.fixture
def chai(timetable: Timetable, shenzhen: City) -> Party:
    return comes(timetable, company("chai", shenzhen), 1)


def boss(party: Party) -> Client:
    return sign_in(party.organisation.delegates.get(role="owner").person)


def test_who_comes_in_where(ahoy: Party, chai: Party, owner: Person, visitor: Person, stranger: Client) -> None:
    running.publish(worked_out(ahoy.timetable), by="owner")
    venue, run = Venue.objects.first(), Run.objects.get()
    colleague, gone = (Person.objects.create_user(name) for name in ("colleague", "gone"))
    Delegate.join(ahoy.organisation, colleague, "representative", by="boss")
    Delegate.join(ahoy.organisation, gone, "editor", by="boss").remove(by="boss")
    clients = {
        "stranger": stranger, "visitor": sign_in(visitor), "organiser": sign_in(owner), "dealer": boss(ahoy),
        "representative": sign_in(colleague), "gone": sign_in(gone), "other": boss(chai),
    }  # fmt: skip
    pages = [f"{MINE}ahoy/{page}" for page in ("", "meetings.ics", "meetings.pdf")]
    deeds = [f"{MINE}ahoy/{page}/" for page in ("wishes", "departure", "cancellations")]
    console = [f"{CONSOLE}halls/{venue.pk}/", f"{CONSOLE}runs/", f"{CONSOLE}runs/{run.pk}/publication/"]  # type: ignore[union-attr]
    for name, client in clients.items():
        dealer = name in {"dealer", "representative"}
        away = 302 if name == "stranger" else 404
        assert [client.get(page).status_code for page in pages] == [200 if dealer else away] * 3, name
        assert client.get(CONSOLE).status_code == (200 if name == "organiser" else 404), name
        assert {client.get(page).status_code for page in deeds} == {405}
        assert {client.get(page).status_code for page in console} == {405}
        if not dealer:
            assert {client.post(page).status_code for page in [*deeds, f"{MINE}ahoy/"]} == {away}, name
        if name != "organiser":
            assert {client.post(page).status_code for page in [*console, CONSOLE]} == {404}, name
    assert stranger.get(f"{MINE}ahoy/").headers["Location"].startswith("/account/session/?next=")


def test_of_a_draft_nobody_else_knows(thehague: City, owner: Person, stranger: Client) -> None:
    event = meeting(thehague.actor)
    type(event).objects.update(state="draft")
    assert stranger.get(MINE).status_code == stranger.get(CONSOLE).status_code == 404
    assert sign_in(owner).get(CONSOLE).status_code == 200


def test_the_entrance_leads_on(ahoy: Party, visitor: Person, thehague: City) -> None:
    client = boss(ahoy)
    assert client.get(MINE).headers["Location"] == f"{MINE}ahoy/"
    assert "You deal for no organisation" in sign_in(visitor).get(MINE).content.decode()
    second = company("bolt", thehague)
    Delegate.join(second, ahoy.organisation.delegates.get().person, "editor", by="boss")
    comes_too = {"name": "B", "email": "b@example.org", "language": "en", "organisation": second}
    Registration.make(ahoy.venue, **comes_too)
    page = client.get(MINE).content.decode()
    assert f"{MINE}ahoy/" in page
    assert f"{MINE}bolt/" in page


def test_a_company_takes_part_wishes_and_meets(
    timetable: Timetable, chai: Party, thehague: City, owner: Person
) -> None:
    """The whole way: organisers and company by their pages alone."""
    newcomer = company("bolt", thehague)
    said = {"name": "B", "email": "b@example.org", "language": "en", "organisation": newcomer}
    Registration.make(timetable.event.venues.all()[0], **said)
    client, desk = sign_in(newcomer.delegates.get().person), sign_in(owner)
    page = f"{MINE}bolt/"
    assert "Take part in the meetings" in client.get(page).content.decode()
    until = (timetable.event.starts_at + timedelta(minutes=55)).isoformat()
    client.post(page, {"seeks": ["62"], "sizes": ["small"], "until_at": until})
    shown = client.get(page).content.decode()
    assert "They offer what you seek: Software and computer consultancy." in shown
    assert "90 points" in shown
    client.post(f"{page}wishes/", {"other": chai.pk, "level": "must"})
    assert Wish.objects.get().level == "must"
    assert "They say that they must meet you." in boss(chai).get(f"{MINE}chai/").content.decode()
    desk.post(f"{CONSOLE}runs/")
    assert "Being worked out" in desk.get(CONSOLE).content.decode()
    run = Run.objects.get()
    running.work_out(run.pk)
    assert "1 of 1 wish met" in desk.get(CONSOLE).content.decode()
    desk.post(f"{CONSOLE}runs/{run.pk}/publication/")
    shown = client.get(page).content.decode()
    assert "Video line 1" in shown
    there = Meeting.objects.get().starts_at.astimezone(chai.venue.zone)
    assert f"{there:%H:%M}–" in shown
    client.post(f"{page}cancellations/", {"meeting": Meeting.objects.get().pk, "reason": "No time."})
    assert Meeting.objects.get().reason == "No time."
    client.post(f"{page}departure/")
    assert "Take part in the meetings" in client.get(page).content.decode()


def test_after_a_meeting_its_page_leads_on(ahoy: Party, chai: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encounters, "_pages", {"test": ("Go on", lambda word: f"/go/?word={word}")})
    ahoy.wish(chai, "must", by="boss")
    running.publish(worked_out(ahoy.timetable), by="owner")
    page, met = f"{MINE}ahoy/", Meeting.objects.get()
    before = boss(ahoy).get(page).content.decode()
    assert "Call this meeting off" in before and "Go on" not in before
    Meeting.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    after = boss(ahoy).get(page).content.decode()
    assert "Call this meeting off" not in after and "Go on" in after
    said = encounters.Met.read(after.partition("/go/?word=")[2].partition('"')[0])
    day = met.starts_at.astimezone(ahoy.venue.zone).date()
    assert said == encounters.Met(ahoy.organisation_id, chai.organisation_id, day, "/@thehague/events/meeting/")


@pytest.mark.django_db(transaction=True)
def test_the_organisers_say_when_and_where(thehague: City, owner: Person) -> None:
    event = meeting(thehague.actor)
    client, zone = sign_in(owner), event.venues.get().zone
    at = [f"{(event.starts_at + timedelta(hours=h)).astimezone(zone):%Y-%m-%dT%H:%M}" for h in (1, 3, 4, 6)]
    hours = dict(zip(("first_from", "first_to", "second_from", "second_to"), at, strict=True))
    about = {"minutes": 20, "walk": 5, "streak": 3}
    refused = client.post(CONSOLE, {**hours, **about, "first_from": "2001-01-01T10:00"})
    assert refused.status_code == 400
    assert "within those of the event" in refused.content.decode()
    assert client.post(CONSOLE, {**hours, **about}).status_code == 302
    timetable = Timetable.objects.get()
    assert [len(run) for run in timetable.runs()] == [5, 5]
    assert timetable.slots()[0] == (event.starts_at + timedelta(hours=1)).replace(second=0, microsecond=0)
    venue = event.venues.get()
    client.post(f"{CONSOLE}halls/{venue.pk}/", {"tables": 7, "lines": 2})
    venue.refresh_from_db()
    assert (venue.tables, venue.lines) == (7, 2)
    assert (
        "less than or equal to 500"
        in client.post(f"{CONSOLE}halls/{venue.pk}/", {"tables": 7000, "lines": 2}, follow=True).content.decode()
    )


def test_the_console_shows_who_waits_and_not_for_whom(ahoy: Party, chai: Party, thehague: City, owner: Person) -> None:
    bolt = comes(ahoy.timetable, company("bolt", thehague), 0)
    ahoy.wish(chai, "want", by="ahoy")
    bolt.wish(chai, "no", by="bolt")
    page = sign_in(owner).get(CONSOLE)
    rows = [(row["party"].pk, row["wishes"], row["met"]) for row in page.context["parties"]]
    assert rows == [(ahoy.pk, 1, 0), (chai.pk, 0, 0), (bolt.pk, 0, 0)]


def test_what_cannot_be_done_is_said(ahoy: Party, chai: Party) -> None:
    client = boss(ahoy)
    assert client.post(f"{MINE}ahoy/wishes/", {"other": chai.pk, "level": "maybe"}).status_code == 404
    for nobody in ("x", "", "99999999999999999999999", "-1"):
        assert client.post(f"{MINE}ahoy/wishes/", {"other": nobody, "level": "want"}).status_code == 404
        assert client.post(f"{MINE}ahoy/cancellations/", {"meeting": nobody}).status_code == 404
    many = client.post(f"{MINE}ahoy/", {"seeks": ["01", "02", "03", "05", "06", "07", "08"]})
    assert many.status_code == 400
    assert "Choose 6 at most" in many.content.decode()
    assert client.post(f"{MINE}ahoy/", {"seeks": ["00"]}).status_code == 400
    shown = client.post(f"{MINE}ahoy/wishes/", {"other": ahoy.pk, "level": "want"}, follow=True)
    assert "does not take part" in shown.content.decode()


def test_the_calendar_hears_of_changes_and_cancellations(ahoy: Party, chai: Party) -> None:
    ahoy.wish(chai, "want", by="ahoy")
    running.publish(worked_out(ahoy.timetable), by="owner")
    found = Meeting.objects.get()
    client = boss(ahoy)
    response = client.get(f"{MINE}ahoy/meetings.ics")
    assert response["Content-Type"].startswith("text/calendar")
    text = response.content.decode()
    assert f"DTSTART:{found.starts_at:%Y%m%dT%H%M%SZ}\r\n" in text
    assert "SEQUENCE:0\r\nSTATUS:CONFIRMED\r\nSUMMARY:Chai\r\nLOCATION:Video line 1\\, Hall\r\n" in text
    found.call_off(chai, "", by="chai")
    text = client.get(f"{MINE}ahoy/meetings.ics").content.decode()
    assert f"UID:{found.uid}@meetings.cityplus" in text
    assert "SEQUENCE:1\r\nSTATUS:CANCELLED" in text


def test_when_the_event_is_over_its_meetings_stay_as_they_were(ahoy: Party, chai: Party, owner: Person) -> None:
    ahoy.wish(chai, "must", by="boss")
    running.publish(worked_out(ahoy.timetable), by="owner")
    now, met = timezone.now(), Meeting.objects.get()
    Event.objects.update(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1))
    client, desk, words = boss(ahoy), sign_in(owner), "its meetings stay as they were"
    page = client.get(f"{MINE}ahoy/").content.decode()
    assert (
        words in page and "meet-slot" in page and "<form class" not in page.partition("<main")[2].partition("</main")[0]
    )
    for deed, said in (
        ("cancellations", {"meeting": met.pk}),
        ("departure", {}),
        ("wishes", {"other": chai.pk, "level": "no"}),
    ):
        answer = client.post(f"{MINE}ahoy/{deed}/", said, follow=True)
        assert words in answer.content.decode()
    assert "Fill what became free" not in desk.post(f"{CONSOLE}runs/", follow=True).content.decode()
    met.refresh_from_db()
    assert (met.over_at, Run.objects.count(), Wish.objects.get().level) == (None, 1, "must")


def test_long_lines_are_folded_between_letters() -> None:
    row = "SUMMARY:" + "深圳湾" * 30
    folded = fold(row)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == row


def test_the_paper_shows_both_clocks(ahoy: Party, chai: Party) -> None:
    chai.organisation.actor.names = Text.of("zh-Hans", zh_Hans="茶叶")
    chai.organisation.actor.save()
    ahoy.wish(chai, "want", by="ahoy")
    running.publish(worked_out(ahoy.timetable), by="owner")
    response = boss(ahoy).get(f"{MINE}ahoy/meetings.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    at = Meeting.objects.get().starts_at
    for party in (ahoy, chai):
        assert f"{at.astimezone(party.venue.zone):%H:%M}" in words
    assert "茶叶" in words
    assert "Video line 1" in words
