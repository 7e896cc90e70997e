"""Two phones at the doors of one event, one of them without a line for a while; the camera; and every page of it for everybody."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.e2e.conftest import NIGHT, Open, Running
from tests.e2e.test_joining import sign_in
from tests.e2e.test_matching import look_at

CAST = """
import django, json, sys
django.setup()
from datetime import datetime, timedelta, timezone
from cityplus.cities.models import City
from cityplus.events.models import Event, Registration, Steward, Ticket, Venue
from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
mark = sys.argv[1]
thehague, shenzhen = (City.objects.get(actor__handle=name) for name in ("thehague", "shenzhen"))
starts = datetime.now(timezone.utc) - timedelta(hours=1)
title = Text.of("en", en="Sea and software", zh_Hans="海与软件", ar="البحر والبرمجيات")
event = Event.plan(thehague.actor, by="thehague-owner", slug=f"doors-{mark}", kind="promotion", title=title, starts_at=starts,
                   ends_at=starts + timedelta(hours=9))
halls = [Venue.objects.create(event=event, place=place, city=city, name=names, time_zone=zone) for place, (city, names, zone)
         in enumerate([(thehague, Text.of("nl", nl="Zaal aan zee", en="Hall by the sea", zh_Hans="海边大厅"), "Europe/Amsterdam"),
                       (shenzhen, Text.of("zh-Hans", zh_Hans="湾区大厅", en="Hall on the bay"), "Asia/Shanghai")])]
event.publish(by="thehague-owner")
boss = Person.enrol(f"boss{mark}", f"boss{mark}@example.org", "a password for tests")
rope = Organisation.found(f"rope{mark}", Text.of("en", en="Rope and Sail", zh_Hans="绳帆公司"), thehague, "company", boss, languages=["en"])
rope.busy_in(["52"])
rope.ask(by="boss")
rope.verify(by="desk")
codes, links = {}, {}
for name in ("Ana Vos", "Bo Smit", "王芳", "Late Guest"):
    about = {"organisation": rope, "person": Person.objects.get(username="thehague-owner")} if name == "Ana Vos" else {}
    row, token = Registration.make(halls[0], name=name, email=f"{ord(name[0])}{mark}@example.org", language="en", **about)
    ticket = Ticket.of(row)
    codes[name], links[name] = [ticket.scanned(event.pk), ticket.typed()], token
stewards = [Steward.appoint(event, f"Steward {n}", by="thehague-owner")[1] for n in (1, 2)]
print(json.dumps({"halls": [v.pk for v in halls], "codes": codes, "links": links, "stewards": stewards}))
"""
CAMERA = """
const board = document.createElement("canvas");
board.width = 640; board.height = 480;
const brush = board.getContext("2d");
const clear = () => { brush.fillStyle = "#ddd"; brush.fillRect(0, 0, 640, 480); };
clear();
setInterval(() => { brush.fillStyle = "#ddd"; brush.fillRect(0, 0, 2, 2); }, 40);
window.showCode = async (address) => {
  const picture = new Image(); picture.src = address; await picture.decode();
  clear(); brush.drawImage(picture, 120, 40, 400, 400);
};
navigator.mediaDevices.getUserMedia = async () => board.captureStream(25);
"""
"""A camera that sees what the test holds before it."""


class Doors:
    """An event that is going on, with two halls, four guests and two stewards."""

    def __init__(self, running: Running) -> None:
        mark = secrets.token_hex(3)
        env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
        made = subprocess.run([sys.executable, "-c", CAST, mark], env=env, check=True, stdout=subprocess.PIPE)
        self.told: dict[str, Any] = json.loads(made.stdout)
        self.at = f"/@thehague/events/doors-{mark}/"
        self.door = f"{self.at}door/{self.told['halls'][0]}/"

    def scanned(self, name: str) -> str:
        return str(self.told["codes"][name][0])

    def typed(self, name: str) -> str:
        return str(self.told["codes"][name][1])


@pytest.fixture
def doors(running: Running) -> Doors:
    return Doors(running)


Phones = Callable[..., Page]


@pytest.fixture
def phone(browser: Browser, network: str, doors: Doors) -> Iterator[Phones]:
    """``phone(steward)``: the page of the door on a phone of its own, opened by the link of a steward."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_(steward: int, init: str = "", script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=script
        )
        if init:
            context.add_init_script(init)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{network}{doors.at}stewards/{doors.told['stewards'][steward]}/")
        page.get_by_role("button", name="Open the doors").click()
        page.get_by_role("link", name="Hall by the sea").click()
        if script:
            expect(page.locator("event-door[data-ready]")).to_be_attached()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not troubles, troubles


def check(page: Page, code: str) -> None:
    page.get_by_label("Code of the ticket").fill(code)
    page.get_by_role("button", name="Check").click()


def verdict(page: Page, kind: str, words: str) -> None:
    box = page.locator(f".door-verdict[data-kind={kind}]")
    expect(box).to_contain_text(words)


def test_two_phones_one_ticket_and_a_line_that_is_gone_for_a_while(phone: Phones, doors: Doors) -> None:
    away, there = phone(0), phone(1)
    away.context.set_offline(True)
    # A page that is loaded anew may have a line for a moment, before the browser remembers that there is none.
    away.context.route("**/live/doors/", lambda route: route.abort("internetdisconnected"))
    check(away, doors.typed("Ana Vos"))
    verdict(away, "yes", "Ana Vos")
    expect(away.locator(".door-verdict")).to_contain_text("Kept on this phone")
    check(away, doors.typed("Ana Vos"))
    verdict(away, "no", "This ticket entered at")

    away.reload()
    expect(away.locator("event-door")).to_have_attribute("data-offline", "")
    expect(away.locator("[data-line]")).to_contain_text("Scans that wait for the line: 2")
    check(away, doors.typed("Ana Vos"))
    verdict(away, "no", "This ticket entered at")
    check(away, doors.scanned("Bo Smit"))
    verdict(away, "yes", "Bo Smit")
    away.get_by_label("Name of the guest").first.fill("王")
    away.locator(".door-found").get_by_label("Reason").fill("No phone.")
    away.locator(".door-found").get_by_role("button", name="Let in by hand").click()
    verdict(away, "yes", "王芳")

    check(there, doors.typed("Ana Vos"))
    verdict(there, "yes", "Ana Vos")
    away.context.unroute("**/live/doors/")
    away.context.set_offline(False)
    expect(away.locator("[data-line]")).to_contain_text("The line is there.")
    expect(away.locator("[data-line]")).not_to_contain_text("Scans that wait")
    expect(there.get_by_role("alert")).to_contain_text(
        "Ana Vos: another door let this ticket in before.", timeout=30_000
    )
    expect(there.locator("[data-inside]")).to_have_text("3")
    check(there, doors.scanned("Bo Smit"))
    verdict(there, "no", "This ticket entered at")


def test_the_camera_reads_a_code_once_and_a_forged_one_opens_nothing(phone: Phones, doors: Doors) -> None:
    page = phone(0, init=CAMERA)
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator("video")).to_be_visible()
    page.evaluate("address => showCode(address)", picture(doors.scanned("Ana Vos")))
    verdict(page, "yes", "Ana Vos")
    page.wait_for_function("document.querySelector('[data-inside]').textContent === '1'")
    forged = doors.scanned("Bo Smit")[:-2] + ("00" if doors.scanned("Bo Smit")[-2:] != "00" else "11")
    page.context.set_offline(True)
    page.evaluate("address => showCode(address)", picture(forged))
    verdict(page, "no", "was not made by this network")


def picture(code: str) -> str:
    return str(segno.make(code, error="m", micro=False).png_data_uri(scale=6, border=4))


def test_without_a_script_the_page_does_the_same(phone: Phones, doors: Doors) -> None:
    page = phone(0, script=False)
    check(page, doors.typed("Ana Vos"))
    verdict(page, "yes", "Ana Vos")
    check(page, doors.typed("Ana Vos"))
    verdict(page, "no", "This ticket entered at")
    page.get_by_label("Name of the guest").first.fill("Bo")
    page.get_by_role("button", name="Find the name").click()
    page.get_by_label("Reason").first.fill("No phone.")
    page.get_by_role("button", name="Let in by hand").click()
    verdict(page, "yes", "Bo Smit")


def test_the_console_hears_of_each_scan(open_page: Open, network: str, phone: Phones, doors: Doors) -> None:
    desk = open_page("/about/", width=1440)
    sign_in(desk, network, "thehague-owner")
    desk.goto(f"{network}{doors.at}console/")
    expect(desk.locator(".door-totals")).to_contain_text("0 inside")
    page = phone(0)
    check(page, doors.typed("Ana Vos"))
    expect(desk.locator(".door-totals")).to_contain_text("1 inside")
    expect(desk.get_by_role("row", name="Transport, ports and logistics")).to_contain_text("1")
    check(page, doors.typed("Ana Vos"))
    expect(desk.locator(".door-scans [data-kind=no]").first).to_contain_text("This ticket entered at")


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("", 390), ("/ar", 390), ("/zh-hans", 1440)])
def test_axe_finds_nothing_and_nothing_hangs_over(
    open_page: Open, network: str, doors: Doors, prefix: str, width: int
) -> None:
    page = open_page("/about/", width=width, theme=NIGHT)
    sign_in(page, network, "thehague-owner")
    page.goto(network + doors.door)
    expect(page.locator("event-door[data-ready]")).to_be_attached()
    check(page, doors.typed("Ana Vos"))
    verdict(page, "yes", "Ana Vos")
    check(page, doors.typed("Ana Vos"))
    verdict(page, "no", "This ticket")
    look_at(page, f"{network}{prefix}{doors.door}?q=Bo", width)
    look_at(page, f"{network}{prefix}{doors.at}console/", width)
    look_at(page, f"{network}{prefix}{doors.at}tickets/", width)
    look_at(page, f"{network}{prefix}{doors.at}stewards/{doors.told['stewards'][0]}/", width)
