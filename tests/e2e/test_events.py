"""Two cities hold an event; somebody without an account registers by a letter and cancels; the pages of it hold for everybody."""

from __future__ import annotations

import re
import secrets
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DAY, NIGHT, Open, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_joining import sign_in

SAMPLE = "/@thehague/events/two-hall-meeting/"
PAGES = (
    "/events/",
    SAMPLE,
    f"{SAMPLE}registration/",
    "/@thehague/events/promotion-meeting-2018/",
    "/presenters/sanne-visser/",
)
LOOKS = [*product(PAGES, ["", "/ar"], [390]), *product(PAGES, ["/zh-hans"], [1440])]


def letter_to(running: Running, address: str) -> str:
    """The path in the newest letter to this address; no worker sends it away here."""
    with sqlite3.connect(Path(running.env["CITYPLUS_DATA"]) / "cityplus.sqlite3") as rows:
        query = 'SELECT text FROM people_letter WHERE "to" = ? ORDER BY id DESC LIMIT 1'
        [(text,)] = rows.execute(query, [address]).fetchall()
    found = re.search(r"://[^/]+(/\S*events/registration/\S+/)", text)
    assert found, text
    return found[1]


def plan(desk: Page, network: str, slug: str) -> None:
    """An owner of The Hague plans a day in two months, with one hall."""
    desk.goto(f"{network}/desk/@thehague/events/new/")
    desk.locator("[name='title.nl']").fill("Zee en software")
    desk.locator("[name='title.en']").fill("Sea and software")
    desk.get_by_label("Its name in the address").fill(slug)
    day = (datetime.now(UTC) + timedelta(days=60)).date()
    desk.get_by_label("Begins").fill(f"{day}T09:00")
    desk.get_by_label("Ends").fill(f"{day}T17:00")
    desk.get_by_role("button", name="Plan an event").click()
    desk.get_by_role("link", name="Add a place").click()
    desk.locator("[name='name.nl']").fill("Atrium")
    desk.get_by_label("Places", exact=True).fill("1")
    desk.get_by_role("button", name="Keep").click()
    expect(desk.get_by_role("link", name="Atrium")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_planned_together_registered_by_letter_and_cancelled(
    open_page: Open, network: str, running: Running, script: bool
) -> None:
    mark = secrets.token_hex(3)
    desk = open_page("/about/", width=1440, script=script)
    sign_in(desk, network, "thehague-owner")
    plan(desk, network, f"sea-{mark}")
    desk.get_by_label("Ask a city or an organisation to hold it too").fill("@shenzhen")
    desk.get_by_role("button", name="Ask", exact=True).click()
    number = re.search(r"/events/(\d+)/", desk.url)
    assert number

    other = open_page("/about/", width=390, script=script)
    sign_in(other, network, "shenzhen-owner")
    other.goto(f"{network}/desk/@shenzhen/events/{number[1]}/")
    other.get_by_role("button", name="We hold it too").click()
    other.get_by_role("button", name="Publish it").click()
    expect(other.get_by_role("link", name="Its public page")).to_be_visible()

    guest = open_page(f"/@thehague/events/sea-{mark}/", width=390, script=script)
    expect(guest.get_by_role("link", name="深圳").first).to_be_visible()
    guest.get_by_role("link", name="Register", exact=True).click()
    address = f"guest{mark}@example.org"
    guest.get_by_label("Your name").fill("Ana")
    guest.get_by_label("Your e-mail address").first.fill(address)
    guest.get_by_label("The organisers may keep").check()
    guest.get_by_role("button", name="Register").click()
    expect(guest.get_by_role("heading", name="Look into your letters")).to_be_visible()
    path = letter_to(running, address)
    guest.goto(network + path)
    assert guest.url == f"{network}/events/registration/"
    guest.get_by_role("button", name="See or change the registration").click()
    expect(guest.get_by_role("heading", name="You have a place")).to_be_visible()
    guest.get_by_text("I cannot come").click()
    guest.get_by_role("button", name="Cancel the registration").click()
    expect(guest.get_by_text("Your registration is cancelled.")).to_be_visible()
    guest.goto(network + path)
    expect(guest.get_by_text("This link was opened before")).to_be_visible()


@pytest.mark.parametrize(("path", "prefix", "width"), LOOKS)
def test_axe_finds_nothing_and_nothing_hangs_over(open_page: Open, path: str, prefix: str, width: int) -> None:
    page = open_page(prefix + path, width=width, theme=NIGHT)
    _looked_at(page)


def test_axe_finds_nothing_at_the_desk(open_page: Open, network: str) -> None:
    page = open_page("/about/", width=390, theme=NIGHT)
    sign_in(page, network, "thehague-owner")
    page.goto(f"{network}/desk/@thehague/events/")
    _looked_at(page)
    page.get_by_role("link", name="Two halls, one table").or_(page.get_by_role("link", name="两个会场")).first.click()
    _looked_at(page)
    for name in ("Add a session", "Registrations"):
        page.get_by_role("link", name=name).first.click()
        _looked_at(page)
        page.go_back()


def _looked_at(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", DAY)
    by_day, _ = look(page, COLOURS)
    assert not by_night + by_day, f"{page.url}: " + "\n".join([*by_night, *(f"by day: {line}" for line in by_day)])
    assert passes > 15, "axe looked at next to nothing"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390)])
def test_a_month_is_walked_without_script_and_axe_finds_nothing(open_page: Open, prefix: str, width: int) -> None:
    """From the list to the month of what is coming, back to this one by its name, and to an event by the keyboard."""
    page = open_page(f"{prefix}/events/", width=width, script=False, theme=NIGHT)
    page.locator(".event-ways a").last.click()
    link = page.locator(f".month a[href='{prefix}{SAMPLE}']")
    for _month in range(6):  # other tests may have put something into months before
        expect(page.locator(".month caption")).to_be_visible()
        assert re.search(rf"{prefix}/events/\d{{4}}-\d\d/$", page.url)
        if link.count():
            break
        page.locator(".month-ways [rel=next]").click()
    there = page.url
    expect(link).to_be_visible()
    if width < 600:
        expect(page.locator(".month thead")).to_be_hidden()
        expect(page.locator(".month-name").first).to_be_visible()
        assert page.locator(".month td:visible").count() == page.locator(".month td:has(li)").count()
    else:
        expect(page.locator(".month thead th").first).to_be_visible()
        assert page.locator(".month tbody td:visible").count() % 7 == 0
    page.locator(".month-ways [rel=prev]").click()
    expect(page.locator(".month caption")).to_be_visible()
    assert page.url != there
    scripted = open_page(urlsplit(there).path, width=width, theme=NIGHT)
    _looked_at(scripted)
    scripted.locator(f".month a[href='{prefix}{SAMPLE}']").focus()
    scripted.keyboard.press("Enter")
    expect(scripted).to_have_url(re.compile(SAMPLE))
