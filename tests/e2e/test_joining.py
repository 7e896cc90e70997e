"""The office invites a city by keyboard alone; its first owner comes by the letter; every page of it holds for everybody."""

from __future__ import annotations

import re
import secrets
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DAY, NIGHT, PASSWORD, Open, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look


def sign_in(page: Page, network: str, name: str) -> None:
    page.goto(f"{network}/account/session/")
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/account/")


def link_in_letter(running: Running, address: str) -> str:
    """The path of the link in the letter that waits for this address; no worker sends it away here."""
    with sqlite3.connect(Path(running.env["CITYPLUS_DATA"]) / "cityplus.sqlite3") as rows:
        [(text,)] = rows.execute('SELECT text FROM people_letter WHERE "to" = ?', [address]).fetchall()
    found = re.search(r"://[^/]+(/\S*invitations/\S+/)", text)
    assert found
    return found[1]


def test_a_city_is_invited_by_keyboard_and_its_owner_comes(open_page: Open, running: Running, network: str) -> None:
    mark = secrets.token_hex(4)
    office = open_page("/")
    sign_in(office, network, "foundation")
    office.goto(f"{network}/office/invitations/")
    office.locator("#place-search").focus()
    office.keyboard.type("варна")
    expect(office.locator(".place-search .suggestion").first).to_contain_text("Варна")
    office.keyboard.press("ArrowDown")
    office.keyboard.press("Enter")
    office.wait_for_url("**place=726050**")
    assert (office.locator("#id_name").input_value(), office.locator("#id_native").input_value()) == ("Varna", "Варна")
    office.locator("#id_handle").fill(f"varna{mark}")
    office.locator("#id_email").focus()
    office.keyboard.type(f"{mark}@varna.example")
    office.keyboard.press("Enter")
    office.wait_for_url(f"**/office/@varna{mark}/**")

    owner = open_page(link_in_letter(running, f"{mark}@varna.example"), width=390, theme=DAY)
    expect(owner.get_by_text("Варна")).to_be_visible()
    owner.locator("#id_username").fill(f"ines{mark}")
    owner.locator("#id_password1").fill(PASSWORD)
    owner.locator("#id_born").fill("1990-05-01")
    owner.locator("#id_born").focus()
    owner.keyboard.press("Enter")
    owner.wait_for_url(f"**/desk/@varna{mark}/")
    owner.goto(f"{network}/desk/@varna{mark}/checklist/")
    expect(owner.locator(".checklist .is-open")).to_have_count(6)


def test_without_a_script_the_gazetteer_is_searched_by_a_form(open_page: Open, network: str) -> None:
    page = open_page("/", script=False)
    sign_in(page, network, "foundation")
    page.goto(f"{network}/office/invitations/")
    page.locator("#place-search").fill("海牙")
    page.locator("#place-search").press("Enter")
    page.locator(".ledger a").first.click()
    assert page.locator("#id_name").input_value() == "The Hague"


PAGES = {
    "foundation": [
        "/office/",
        "/office/invitations/?place=726050&q=porto",
        "/office/candidacies/",
        "/office/@thehague/",
    ],
    "thehague-owner": ["/desk/@thehague/checklist/", "/desk/@thehague/official/"],
    "": ["/invitations/nothing/"],
}


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("", 390), ("/ar", 390)])
@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing_and_nothing_hangs_over(
    open_page: Open, network: str, who: str, prefix: str, width: int
) -> None:
    page = open_page("/account/session/", width=width, theme=NIGHT)
    if who:
        sign_in(page, network, who)
    for path in PAGES[who]:
        page = page if who else open_page(prefix + path, width=width)
        if who:
            page.goto(network + prefix + path)
        page.evaluate(AXE.read_text())
        by_night, passes = look(page, TAGS)
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", DAY)
        by_day, _ = look(page, COLOURS)
        assert not by_night + by_day, f"{path}: " + "\n".join([*by_night, *(f"by day: {line}" for line in by_day)])
        assert passes > 15, "axe looked at next to nothing"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
