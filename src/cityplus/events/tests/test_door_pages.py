"""The pages of doors: who comes in where, scans without a script, names, walk-ins, stewards, tickets and papers."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from conftest import sign_in
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader
from resvg_py import svg_to_bytes

from cityplus.cities.models import City, Member
from cityplus.events import figures
from cityplus.events.doors import codes, forgetting
from cityplus.events.models import Attendance, Event, Organiser, Registration, Scan, Steward, Ticket, Venue
from cityplus.events.tests.door_cast import code_of, guest, open_house
from cityplus.events.tests.meeting_cast import company
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.people.models import Person

AT = "/@thehague/events/meeting/"
CONSOLE = f"{AT}console/"


@pytest.fixture
def event(thehague: City) -> Event:
    return open_house(thehague, capacity=3)


@pytest.fixture
def venue(event: Event) -> Venue:
    return event.venues.get()


@pytest.fixture
def desk(owner: Person) -> Client:
    return sign_in(owner)


def door(venue: Venue, rest: str = "") -> str:
    return f"{AT}door/{venue.pk}/{rest}"


def steward_of(event: Event) -> tuple[Client, Steward]:
    made, token = Steward.appoint(event, "Sam", by="owner")
    client = Client()
    assert client.get(f"{AT}stewards/{token}/").status_code == 200
    client.post(f"{AT}stewards/{token}/")
    return client, made


def scanned(client: Client, venue: Venue, code: str, **more: str) -> str:
    return client.post(door(venue, "scans/"), {"code": code, **more}).content.decode()


def test_who_comes_in_where(event: Event, venue: Venue, thehague: City, shenzhen: City, visitor: Person) -> None:
    people = {role: Person.objects.create_user(f"a-{role}") for role in ("owner", "presenter", "editor", "translator")}
    for role, person in people.items():
        Member.objects.create(city=thehague, person=person, role=role)
    elsewhere = Person.objects.create_user("elsewhere")
    Member.objects.create(city=shenzhen, person=elsewhere, role="owner")
    guest(venue)
    keeper, _made = steward_of(event)
    pages = [door(venue), door(venue, "names.json")]
    leading = [CONSOLE, f"{CONSOLE}halls/{venue.pk}/names-1.pdf"]
    clients = {name: sign_in(person) for name, person in people.items()}
    clients |= {"visitor": sign_in(visitor), "stranger": Client(), "elsewhere": sign_in(elsewhere), "steward": keeper}
    for name, client in clients.items():
        leads = name in {"owner", "presenter"}
        inside = leads or name == "steward"
        assert [client.get(page).status_code for page in pages] == [200 if inside else 404] * 2, name
        assert client.get(leading[0]).status_code == (200 if leads else 404), name
        if not inside:
            assert [client.post(door(venue, page)).status_code for page in ("scans/", "walk-ins/")] == [404] * 2, name
        if not leads:
            assert client.get(leading[1]).status_code == client.post(f"{CONSOLE}stewards/").status_code == 404, name
    assert not Scan.objects.exists() and Steward.objects.count() == 1
    Organiser.ask(event, shenzhen.actor, by="owner").agree(by="elsewhere")
    assert clients["elsewhere"].get(CONSOLE).status_code == 200, "co-organisers have equal rights"


def test_the_link_of_a_steward_opens_one_event_until_it_is_ended(
    event: Event, venue: Venue, thehague: City, desk: Client
) -> None:
    other = open_house(thehague, slug="other").venues.get()
    keeper, made = steward_of(event)
    assert keeper.get(door(venue)).status_code == 200
    assert keeper.get(f"/@thehague/events/other/door/{other.pk}/").status_code == 404
    assert keeper.get(f"{AT}door/{other.pk}/").status_code == 404
    page = desk.post(f"{CONSOLE}stewards/", {"name": "Kim"}).content.decode()
    assert f'data-page="{CONSOLE}"' in page, "the console stays live at the address of the form"
    link = re.search(r"/@thehague/events/meeting/stewards/([\w-]+)/", page)
    assert link and Client().get(link[0]).status_code == 200
    assert Client().get(link[0].replace("meeting", "other")).status_code == 404
    assert link[1] not in desk.get(CONSOLE).content.decode(), "it is shown once"
    desk.post(f"{CONSOLE}stewards/{made.pk}/end/")
    assert keeper.get(door(venue)).status_code == 404
    Event.objects.filter(pk=event.pk).update(
        ends_at=timezone.now() - timedelta(days=3), starts_at=timezone.now() - timedelta(days=4)
    )
    assert Client().get(link[0]).status_code == 404 == desk.get(door(venue)).status_code


def test_a_code_is_typed_without_a_script(venue: Venue, desk: Client) -> None:
    ticket = Ticket.of(guest(venue, "Ana Vos"))
    assert "Welcome. One person may enter." in scanned(desk, venue, ticket.typed().lower(), nonce="n" * 16)
    assert "Welcome. One person may enter." in scanned(desk, venue, ticket.typed(), nonce="n" * 16), "loaded again"
    page = scanned(desk, venue, ticket.typed())
    assert "This ticket entered at" in page and "Ana Vos" in page
    assert "Has left" in scanned(desk, venue, ticket.typed(), leaves="yes")
    assert "No ticket has this code" in scanned(desk, venue, "what")
    assert Scan.objects.count() == 4
    assert "camera=(self)" in desk.get(door(venue)).headers["Permissions-Policy"]


def test_by_name_and_with_a_reason(venue: Venue, desk: Client) -> None:
    ana = guest(venue, "Ana Vos")
    page = desk.get(door(venue), {"q": "vos"}).content.decode()
    assert "Ana Vos" in page and "Let in by hand" in page
    refused = desk.post(door(venue, "scans/"), {"registration": ana.pk, "reason": " "})
    assert refused.status_code == 422 and "Say why" in refused.content.decode()
    desk.post(door(venue, "scans/"), {"registration": ana.pk, "reason": "Forgot the phone."})
    assert Attendance.objects.get().inside and Scan.objects.get().reason == "Forgot the phone."
    other = {"registration": "9" * 30, "reason": "So."}
    assert "No ticket has this code" in desk.post(door(venue, "scans/"), other).content.decode()


def walk_in(client: Client, venue: Venue, name: str, **more: str) -> Any:
    said = {
        "name": name,
        "email": f"{name}@example.org",
        "language": "en",
        "consent": "on",
        "nonce": f"nonce-{name}",
        **more,
    }
    return client.post(door(venue, "walk-ins/"), said)


def test_who_walks_in_gets_a_place_while_there_is_one(event: Event, venue: Venue, desk: Client) -> None:
    keeper, _made = steward_of(event)
    for name in ("ana", "bo", "cy"):
        page = walk_in(keeper, venue, name).content.decode()
        assert "Welcome" in page and "Code for coming back" in page
    assert "Welcome" in walk_in(keeper, venue, "cy").content.decode(), "sent again"
    full = walk_in(keeper, venue, "di", reason="She speaks first.")
    assert full.status_code == 409 and "a steward may not" in full.content.decode()
    assert walk_in(desk, venue, "di").status_code == 409
    assert Registration.objects.count() == 3
    assert "Welcome" in walk_in(desk, venue, "di", reason="She speaks first.").content.decode()
    venue.refresh_from_db()
    assert (venue.capacity, venue.taken) == (4, 4)
    assert Entry.objects.get(verb="event.overruled").data["reason"] == "She speaks first."
    assert Attendance.objects.filter(inside=True).count() == 4


def test_who_waits_is_let_in_when_overruled_and_is_not_passed_by(venue: Venue, desk: Client) -> None:
    rows = [guest(venue) for _ in range(4)]
    waits = rows[3]
    assert waits.state == "waiting"
    said = {"email": waits.email, "reason": "Came from far."}
    assert walk_in(desk, venue, "x", email=waits.email).status_code == 409
    assert "Welcome" in walk_in(desk, venue, "x", **said).content.decode()
    waits.refresh_from_db()
    assert waits.state == "confirmed"
    assert "entered at" in walk_in(desk, venue, "y", email=waits.email).content.decode(), (
        "inside already, and not let in twice"
    )


def test_the_list_is_signed_and_has_no_code(venue: Venue, desk: Client) -> None:
    ticket = Ticket.of(guest(venue, "Ana Vos"))
    told = desk.get(door(venue, "names.json")).json()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["key"]))
    key.verify(bytes.fromhex(told["signature"]), b"cityplus door list 1:" + told["list"].encode())
    (row,) = json.loads(told["list"])["rows"]
    assert row[1:6] == ["Ana Vos", "", "confirmed", venue.pk, ticket.digest]
    assert ticket.typed() not in told["list"] and "@example.org" not in told["list"]
    was = ticket.digest
    ticket.renew(by="ana")
    now = json.loads(desk.get(door(venue, "names.json")).json()["list"])
    assert now["old"] == [was] and now["rows"][0][5] == ticket.digest != was


def test_a_ticket_by_letter_or_account_as_page_and_paper(venue: Venue, visitor: Person) -> None:
    said = {"name": "王芳", "email": "fang@example.org", "language": "en", "person": visitor}
    row, token = Registration.make(venue, **said)
    ticket, mine, linked = Ticket.of(row), f"{AT}tickets/", Client()
    linked.get(f"/events/registration/{token}/")
    linked.post("/events/registration/")
    for client in (sign_in(visitor), linked):
        body = client.get(mine).content.decode()
        assert ticket.typed() in body
        svg = re.search(r"<svg.*?</svg>", body.partition("ticket-code")[2], re.S)
        assert svg and read_code(svg[0]) == ticket.scanned(row.event_id)
        paper = client.get(f"{mine}{row.pk}.pdf")
        text = PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
        assert "王芳" in text and ticket.typed()[:8] in text and "no-store" in paper.headers["Cache-Control"]
    stranger = Client()
    assert ticket.typed() not in stranger.get(mine).content.decode()
    assert stranger.get(f"{mine}{row.pk}.pdf").status_code == 404
    row.cancel(by="fang")
    assert linked.get(f"{mine}{row.pk}.pdf").status_code == 404


def test_what_doors_keep_of_somebody_is_forgotten_with_the_registration(venue: Venue, desk: Client) -> None:
    row = guest(venue, "Ana Vos")
    Ticket.of(row)
    desk.post(door(venue, "scans/"), {"registration": row.pk, "reason": "Knows the mayor."})
    row.forget()
    forgetting.follow(Entry.objects.get(verb="registration.forgotten"))
    assert not Ticket.objects.exists() and Scan.objects.get().reason == "" and Attendance.objects.exists()


def read_code(svg: str) -> str:
    picture = Image.open(io.BytesIO(bytes(svg_to_bytes(svg_string=svg, width=400, background="white"))))
    board = Image.new("RGB", (480, 480), "white")
    board.paste(picture.convert("RGB"), (40, 40))
    (found,) = zxingcpp.read_barcodes(board)
    return str(found.text)


def test_the_console_counts_by_hall_and_sector(venue: Venue, desk: Client, thehague: City, shenzhen: City) -> None:
    Venue.objects.filter(pk=venue.pk).update(capacity=0)
    port, code = company("port", thehague, "52"), company("code", shenzhen, "62")
    rows = [
        guest(venue, organisation=port),
        guest(venue, organisation=code),
        guest(venue, organisation=code),
        guest(venue),
    ]
    for row in rows[:2]:
        scanned(desk, venue, code_of(row))
    scanned(desk, venue, code_of(rows[0]))
    scanned(desk, venue, code_of(rows[1]), leaves="yes")
    page = desk.get(CONSOLE).content.decode()
    cells = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", page)]
    found = {" ".join(cell for cell in row if not cell.isdecimal()): [c for c in row if c.isdecimal()] for row in cells}
    assert found["Hall"] == ["4", "2", "1"]
    assert found["Transport, ports and logistics"] == ["1", "1", "1"]
    assert found["Information and communication"] == ["2", "1", "0"]
    assert found["Without an organisation"] == ["1", "0", "0"]
    assert figures.figures(venue.event).more == [("People who came", 2)]
    assert page.count('data-kind="no"') == 2, "the double, among what is to be looked at and among the latest"


def test_lists_and_badges_come_in_parts(
    venue: Venue, desk: Client, thehague: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cityplus.events.doors.printing.NAMES", 2)
    monkeypatch.setattr("cityplus.events.doors.printing.BADGES", 2)
    port = company("port", thehague, "52")
    Venue.objects.filter(pk=venue.pk).update(name=Text.of("nl", nl="Zaal", en="Hall", zh_Hans="大厅"))
    for name in ("Ana", "Βίκη", "王芳"):
        guest(venue, name, organisation=port)
    texts = []
    for kind in ("names", "badges"):
        for part, there in ((1, ["Ana", "Βίκη"]), (2, ["王芳"])):
            paper = desk.get(f"{CONSOLE}halls/{venue.pk}/{kind}-{part}.pdf")
            assert paper.status_code == 200
            reader = PdfReader(io.BytesIO(paper.content))
            texts.append(reader.pages[0].extract_text())
            assert all(name in texts[-1] for name in there) and "Port" in texts[-1]
        assert desk.get(f"{CONSOLE}halls/{venue.pk}/{kind}-3.pdf").status_code == 404
        assert desk.get(f"{CONSOLE}halls/{venue.pk}/{kind}-0.pdf").status_code == 404


def test_another_key_opens_no_door(venue: Venue, desk: Client, settings: Any) -> None:
    from dataclasses import replace  # noqa: PLC0415

    ticket = code_of(guest(venue))
    settings.CITYPLUS = replace(settings.CITYPLUS, ticket_key="A" * 43)
    assert "was not made by this network" in scanned(desk, venue, ticket)
    read = codes.read(ticket)
    assert read and not read.genuine
