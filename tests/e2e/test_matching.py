"""Two organisations of two cities find each other, the organisers publish, one calls off; and every page of it holds for everybody."""

from __future__ import annotations

import secrets
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DAY, NIGHT, Open, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_joining import sign_in

CAST = """
import django, sys
django.setup()
from datetime import datetime, timedelta, timezone
from cityplus.cities.models import City
from cityplus.events.models import Event, Party, Registration, Timetable, Venue
from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
mark = sys.argv[1]
thehague, shenzhen = (City.objects.get(actor__handle=name) for name in ("thehague", "shenzhen"))
starts = (datetime.now(timezone.utc) + timedelta(days=30)).replace(hour=7, minute=0, second=0, microsecond=0)
title = Text.of("en", en="Sea and software", zh_Hans="海与软件", ar="البحر والبرمجيات")
event = Event.plan(thehague.actor, by="thehague-owner", slug=f"sea-{mark}", kind="promotion", title=title, starts_at=starts,
                   ends_at=starts + timedelta(hours=4))
halls = []
for place, (city, names, zone) in enumerate([
    (thehague, Text.of("nl", nl="Zaal aan zee", en="Hall by the sea", zh_Hans="海边大厅"), "Europe/Amsterdam"),
    (shenzhen, Text.of("zh-Hans", zh_Hans="湾区大厅", en="Hall on the bay"), "Asia/Shanghai"),
]):
    halls.append(Venue.objects.create(event=event, place=place, city=city, name=names, time_zone=zone, tables=4, lines=4))
event.publish(by="thehague-owner")
timetable = Timetable.arrange(event, [(starts, starts + timedelta(hours=2))], minutes=20, walk=5, streak=3, by="thehague-owner")
for number, (name, en, zh, city, codes) in enumerate([
    ("rope", "Rope and Sail", "绳帆公司", thehague, ["13", "52"]),
    ("port", "Port Lines", "港口航线", thehague, ["52"]),
    ("code", "Bay Code", "湾区代码", shenzhen, ["62"]),
    ("kite", "Kite Works", "风筝工坊", shenzhen, ["13"]),
]):
    person = Person.enrol(f"{name}{mark}", f"{name}{mark}@example.org", "a password for tests")
    found = Organisation.found(f"{name}{mark}", Text.of("en", en=en, zh_Hans=zh), city, "company", person, languages=["en"], size="small")
    found.busy_in(codes)
    found.ask(by=person.username)
    found.verify(by="desk")
    who = {"name": en, "email": person.email, "language": "en", "organisation": found, "person": person}
    registration, _ = Registration.make(halls[city == shenzhen], **who)
    if name != "rope":
        Party.join(timetable, registration, by=person.username, seeks=["52"])
"""


class Meeting:
    """An event of two halls with four organisations, made for one test."""

    def __init__(self, running: Running) -> None:
        self.running, self.mark = running, secrets.token_hex(3)
        self._run(CAST, self.mark)
        self.at = f"/@thehague/events/sea-{self.mark}/meetings/"
        self.console = f"/@thehague/events/sea-{self.mark}/console/meetings/"

    def party(self, name: str) -> str:
        return f"{self.at}{name}{self.mark}/"

    def work(self) -> None:
        """What the worker does, for no worker runs beside the tests."""
        self._run("import django; django.setup()\nfrom cityplus.events.meetings import running\nfrom cityplus.events.models import Run\n"
                  "for run in Run.objects.filter(state='waiting'): running.work_out(run.pk)")  # fmt: skip

    def _run(self, script: str, *arguments: str) -> None:
        env = self.running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
        subprocess.run([sys.executable, "-c", script, *arguments], env=env, check=True)


@pytest.fixture
def meeting(running: Running) -> Meeting:
    return Meeting(running)


def deed(page: Page, level: str, name: str) -> None:
    page.locator(f"button[value={level}]", has_text=name).first.click()


def publish(browser: Page, network: str, meeting: Meeting) -> None:
    browser.goto(network + meeting.console)
    browser.get_by_role("button", name="Work a timetable out").click()
    expect(browser.get_by_text("Being worked out")).to_be_visible()
    meeting.work()


@pytest.mark.parametrize("script", [True, False])
def test_found_wished_published_and_called_off(open_page: Open, network: str, meeting: Meeting, script: bool) -> None:
    def browser(name: str, width: int = 390) -> Page:
        page = open_page("/", width=width, script=script)
        sign_in(page, network, name)
        return page

    rope = browser(f"rope{meeting.mark}")
    rope.goto(network + meeting.at)
    rope.locator("[name=seeks][value='62']").check()
    rope.get_by_label("10 to 49 people").check()
    rope.get_by_role("button", name="Take part in the meetings").click()
    expect(rope.get_by_text("They offer what you seek: Software and computer consultancy. +40")).to_be_visible()
    deed(rope, "must", "Bay Code")
    deed(rope, "want", "Port Lines")
    expect(rope.get_by_role("button", name="take back")).to_have_count(2)

    desk = browser("thehague-owner", 1440)
    publish(desk, network, meeting)
    if not script:
        desk.reload()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text("Fill what became free")).to_be_visible()

    code = browser(f"code{meeting.mark}")
    code.goto(network + meeting.at)
    expect(code.get_by_role("heading", name="Rope and Sail").first).to_be_visible()
    expect(code.get_by_text("Video line 1")).to_be_visible()
    code.get_by_text("Call off").first.click()
    code.get_by_label("Reason, for the other side").first.fill("The flight is full.")
    code.get_by_role("button", name="Call this meeting off").first.click()
    expect(code.get_by_text("No meeting is set for you yet.")).to_be_visible()
    rope.reload()
    expect(rope.get_by_text("Table 1")).to_be_visible()
    expect(rope.get_by_text("Video line")).to_have_count(0)


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("", 390), ("/ar", 390), ("/zh-hans", 1440)])
def test_axe_finds_nothing_and_nothing_hangs_over(
    open_page: Open, network: str, meeting: Meeting, prefix: str, width: int
) -> None:
    page = open_page("/about/", width=width, theme=NIGHT)
    sign_in(page, network, f"port{meeting.mark}")
    page.goto(network + meeting.party("port"))
    deed(page, "must", "Bay Code")
    desk = open_page("/about/", width=width, theme=NIGHT)
    sign_in(desk, network, "thehague-owner")
    desk.goto(network + meeting.console)
    look_at(desk, network + prefix + meeting.console, width)
    publish(desk, network, meeting)
    look_at(desk, network + prefix + meeting.console, width)
    desk.locator("fresh-part form button").click()
    look_at(desk, network + prefix + meeting.console, width)
    look_at(page, network + prefix + meeting.at, width)
    look_at(page, f"{network}{prefix}/work/@port{meeting.mark}/suggestions/", width)


def look_at(page: Page, address: str, width: int) -> None:
    answer = page.goto(address)
    assert answer and answer.status == 200, address
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", DAY)
    by_day, _ = look(page, COLOURS)
    assert not by_night + by_day, f"{address}: " + "\n".join([*by_night, *(f"by day: {line}" for line in by_day)])
    assert passes > 15, "axe looked at next to nothing"
    assert page.evaluate("document.querySelector('main').scrollWidth") <= width, address
