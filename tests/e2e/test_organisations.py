"""A company is founded, its city verifies it, a colleague comes by a letter; and every page of it holds for everybody."""

from __future__ import annotations

import secrets
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DAY, NIGHT, Open, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_joining import link_in_letter, sign_in

CAST = """
import django, sys
django.setup()
from cityplus.people.models import Person
Person.enrol(sys.argv[1], sys.argv[1] + "@example.org", "a password for tests")
"""


def enrol(running: Running, name: str) -> None:
    env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
    subprocess.run([sys.executable, "-c", CAST, name], env=env, check=True)


def found(page: Page, network: str, handle: str) -> None:
    """Found a company in The Hague and write what its city needs."""
    page.goto(f"{network}/organisations/new/")
    page.locator("[name=tongue_0]").select_option("nl")
    page.locator("[name=name_0]").fill(f"Zeilmakerij {handle}")
    page.get_by_label("Handle").fill(handle)
    page.get_by_label("City", exact=True).fill("@thehague")
    page.get_by_label("City", exact=True).press("Enter")  # sends it, and asks for no row more
    page.get_by_role("navigation", name="Workplace").get_by_role("link", name="Page").click()
    page.get_by_label("About it").first.fill("Maakt zeilen.")
    page.get_by_label("What it offers").first.fill("Zeilen")
    page.get_by_label("Language in which one can deal with it").select_option("nl")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("navigation", name="Workplace").get_by_role("link", name="Activities").click()
    page.get_by_label("Words, such as").fill("textiles")
    page.get_by_label("Words, such as").press("Enter")
    page.locator("button[name=add]", has_text="Textiles").click()
    expect(page.get_by_text("the main one")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_from_founding_to_a_colleague(open_page: Open, running: Running, network: str, script: bool) -> None:
    mark = f"sail{secrets.token_hex(3)}"
    enrol(running, mark)
    maker = open_page("/about/", script=script)
    sign_in(maker, network, mark)
    found(maker, network, mark)
    maker.get_by_role("link", name="Where it stands").click()
    maker.get_by_role("button", name="Ask The Hague to verify it").click()
    expect(maker.get_by_role("heading", name="The Hague looks at it")).to_be_visible()

    desk = open_page("/about/", script=script)
    sign_in(desk, network, "thehague-owner")
    desk.goto(f"{network}/desk/@thehague/organisations/")
    desk.get_by_role("link", name=f"Zeilmakerij {mark}").click()
    desk.get_by_role("button", name="Verify it").click()
    expect(desk.get_by_text("everybody sees it now")).to_be_visible()

    everybody = open_page("/organisations/?city=thehague&branch=13", script=script)
    everybody.get_by_role("link", name=f"Zeilmakerij {mark}").click()
    expect(everybody.get_by_text("Verified by The Hague")).to_be_visible()

    address = f"{mark}-two@example.org"
    maker.goto(f"{network}/work/@{mark}/delegates/")
    maker.get_by_label("E-mail address").fill(address)
    maker.get_by_role("button", name="Send the invitation").click()
    expect(maker.get_by_text(address).first).to_be_visible()
    colleague = open_page(link_in_letter(running, address), script=script)
    colleague.get_by_label("Name", exact=True).fill(f"{mark}two")
    colleague.get_by_label("Password").fill("a password for tests")
    for label in ("rules", "born"):
        field = colleague.locator(f"[name={label}]")
        if field.count():
            field.check() if field.get_attribute("type") == "checkbox" else field.fill("1990-05-01")
    colleague.get_by_role("button", name="Make the account and accept").click()
    expect(colleague.get_by_role("heading", name=f"Zeilmakerij {mark}").first).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["", "/zh-hans", "/ar"])
def test_its_public_pages_hold(open_page: Open, width: int, language: str) -> None:
    for path in ("/organisations/", "/organisations/?kind=company", "/@sample_radarheuvel/"):
        holds(open_page(language + path, width=width), width, path)


@pytest.mark.parametrize(("width", "language"), [(1440, ""), (390, "/ar"), (390, "/nl")])
def test_the_workplace_holds(open_page: Open, running: Running, network: str, width: int, language: str) -> None:
    mark = f"rope{secrets.token_hex(3)}"
    enrol(running, mark)
    page = open_page("/about/", width=width)
    sign_in(page, network, mark)
    found(page, network, mark)
    parts = ("", "page/", "activities/?q=food", "delegates/", "closing/", "suggestions/")
    for path in ("/organisations/new/", *(f"/work/@{mark}/{part}" for part in parts)):
        page.goto(network + language + path)
        holds(page, width, path)


def holds(page: Page, width: int, path: str) -> None:
    """axe finds nothing by night and by day, and nothing is wider than the screen."""
    page.evaluate(AXE.read_text())
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{path} is {wide} wide"
    for theme, rules in ((NIGHT, TAGS), (DAY, COLOURS)):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        troubles, _ = look(page, rules)
        assert not troubles, f"{path}, {theme}: {troubles}"
