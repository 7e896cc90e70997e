"""A firm writes what it seeks, its city looks it over, another answers, and both say what came of it: with a script and without. axe
finds nothing on the pages of it."""

from __future__ import annotations

import re
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
from datetime import date
django.setup()
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.organisations.encounters import Met
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
mark = sys.argv[1]
for name, en, zh, city in (("quay", "Quay Works", "码头工坊", "thehague"), ("lamp", "Lamp Makers", "灯匠", "shenzhen")):
    person = Person.enrol(f"{name}{mark}", f"{name}{mark}@example.org", "a password for tests")
    there = City.objects.get(actor__handle=city)
    found = Organisation.found(f"{name}_{mark}", Text.of("en", en=en, zh_Hans=zh), there, "company", person, languages=["en"])
    found.ask(by=person.username)
    found.verify(by="desk")
quay, lamp = (Organisation.objects.get(actor__handle=f"{name}_{mark}") for name in ("quay", "lamp"))
print(Met(lamp.pk, quay.pk, date(2026, 1, 2), "/@thehague/").word)
"""


PDF = b"%PDF-1.4\n%%EOF\n"


class Firms:
    """Two verified organisations of two cities, made for one test."""

    def __init__(self, running: Running) -> None:
        self.mark = secrets.token_hex(3)
        env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
        made = subprocess.run(
            [sys.executable, "-c", CAST, self.mark], env=env, check=True, capture_output=True, text=True
        )
        self.met = f"/opportunities/met/?word={made.stdout.split()[-1]}"
        """The page after a meeting of the two, for the one who makes lamps."""
        self.title = f"Lamps for the quay {self.mark}"
        self.work = f"/work/@quay_{self.mark}/opportunities/"
        self.page = f"/@quay_{self.mark}/opportunities/lamps-for-the-quay-{self.mark}/"


@pytest.fixture
def firms(running: Running) -> Firms:
    return Firms(running)


def written(page: Page, network: str, firms: Firms) -> None:
    """The host writes it, and asks its city."""
    page.goto(f"{network}{firms.work}new/")
    page.get_by_label("request").check()
    page.get_by_label("What it is", exact=True).select_option("pilot")
    page.locator("#tongue_0").select_option("en")
    page.locator("#title_0").fill(firms.title)
    page.locator("#story_0").fill("Lamps that do not wake the gulls.")
    for sector in ("27", "H"):
        page.locator(f"[name=sectors][value='{sector}']").check()
    page.get_by_label("Value, from").fill("5000")
    page.get_by_label("Currency").select_option("EUR")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Ask the city to look it over").click()
    expect(page.get_by_text("The city looks it over now.")).to_be_visible()


def published(page: Page, network: str, firms: Firms) -> None:
    """An editor of the city makes it public."""
    page.goto(f"{network}/desk/@thehague/opportunities/")
    page.get_by_role("link", name=firms.title).first.click()
    page.get_by_role("button", name="Make it public").click()
    expect(page.get_by_text("It is public now.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_written_looked_over_answered_and_confirmed(open_page: Open, network: str, firms: Firms, script: bool) -> None:
    def browser(name: str, width: int = 390) -> Page:
        page = open_page("/", width=width, script=script)
        sign_in(page, network, name)
        return page

    host, desk, guest = browser(f"quay{firms.mark}"), browser("thehague-editor", 1440), browser(f"lamp{firms.mark}")
    written(host, network, firms)
    published(desk, network, firms)

    stranger = open_page("/opportunities/?city=thehague&sector=H", script=script)
    expect(stranger.get_by_role("link", name=firms.title)).to_be_visible()

    guest.goto(network + firms.page)
    expect(guest.get_by_text("€5,000")).to_have_count(0)
    guest.get_by_label("Message", exact=True).fill("Ours shine downwards.")
    guest.get_by_role("button", name="Send").click()
    expect(guest.get_by_text("It is sent.")).to_be_visible()

    host.goto(f"{network}/opportunities/interests/")
    host.get_by_role("link", name=firms.title).click()
    expect(host.get_by_text("Ours shine downwards.").first).to_be_visible()
    host.get_by_label(re.compile("Your message")).fill("Come and see.")
    host.get_by_role("button", name="Send").click()
    expect(host.get_by_text("Come and see.").first).to_be_visible()
    host.get_by_role("button", name="Say: agreed").click()

    guest.reload()
    expect(guest.locator(".opp-states")).to_contain_text("agreed")
    guest.get_by_text("Tell what came of it").click()
    guest.locator("#id_kind").select_option("visit")
    guest.get_by_role("button", name="Tell it").click()
    expect(guest.get_by_text("The other side has not confirmed it yet.")).to_be_visible()
    proved(guest, f"Visit {firms.mark}.pdf")
    host.reload()
    expect(host.get_by_role("link", name=f"Visit {firms.mark}.pdf")).to_be_visible()
    host.get_by_role("button", name="It is so").click()
    expect(host.get_by_text("Confirmed by both sides.")).to_be_visible()
    stranger.goto(f"{network}/opportunities/outcomes/")
    expect(stranger.get_by_role("link", name=firms.title)).to_be_visible()
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name=f"Visit {firms.mark}.pdf").click()
    assert download.value.path().read_bytes() == PDF


def proved(page: Page, name: str) -> None:
    """Who told it adds a file that everybody may read."""
    page.get_by_text("Add a file as evidence").click()
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_label("Everybody may read it, once the outcome is confirmed").check()
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_text("The file is added.")).to_be_visible()


@pytest.mark.parametrize("prefix", ["", "/zh-hans", "/ar"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_page: Open, network: str, firms: Firms, width: int, prefix: str) -> None:
    host, desk, guest = (open_page("/", width=width) for _ in range(3))
    for page, name in ((host, f"quay{firms.mark}"), (desk, "thehague-editor"), (guest, f"lamp{firms.mark}")):
        sign_in(page, network, name)
    written(host, network, firms)
    desk.goto(f"{network}/desk/@thehague/opportunities/")
    review = desk.get_by_role("link", name=firms.title).first.get_attribute("href") or ""
    looked_at(desk, network + prefix + review)
    published(desk, network, firms)
    looked_at(guest, network + prefix + firms.met)
    guest.goto(network + firms.met)
    guest.get_by_label("Message", exact=True).fill("Ours shine downwards.")
    guest.get_by_role("button", name="Send, and go on to what came of it").click()
    expect(guest.get_by_role("heading", name="What came of it")).to_be_in_viewport()
    expect(guest.get_by_text("You met on January 2, 2026.")).to_be_visible()
    talk = guest.url.removeprefix(network).partition("#")[0]
    for page, path in (
        (guest, "/opportunities/"),
        (guest, firms.page),
        (guest, talk),
        (host, talk),
        (guest, firms.met),
        (guest, "/@thehague/"),
        (guest, "/opportunities/interests/"),
        (guest, "/opportunities/outcomes/"),
        (guest, "/opportunities/searches/"),
        (host, firms.work),
        (host, f"{firms.work}new/"),
        (host, f"{firms.work}lamps-for-the-quay-{firms.mark}/"),
        (desk, "/desk/@thehague/opportunities/"),
        (desk, f"/desk/@thehague{talk.removeprefix('/opportunities')}"),
    ):
        looked_at(page, network + prefix + path)


def looked_at(page: Page, address: str) -> None:
    """axe finds nothing there by night and by day, and nothing runs out of the page."""
    answer = page.goto(address)
    assert answer and answer.status == 200, address
    page.evaluate(AXE.read_text())
    for theme, rules in ((NIGHT, TAGS), (DAY, COLOURS)):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        wrong, looked = look(page, rules)
        assert not wrong and looked, f"{address} by {theme}: {wrong}"
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{address} is {over} px too wide"
