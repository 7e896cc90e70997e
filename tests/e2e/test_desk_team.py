"""The desk of a team in a browser: pages follow what happens, who is taken out loses what is open, and axe finds nothing."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_desk_editor import COLLEAGUE, JOIN, OWNER, Desk, at_desk, on_the_server, sessions

__all__ = ["at_desk", "sessions"]
PAGES = ["", "calendar/", "team/", "trail/", "exports/", "settings/"]
DESK = "/desk/@thehague/"
REMOVE = f"""
member = Member.objects.get(person__username={COLLEAGUE!r}, city__actor__handle="thehague")
member.remove(by={OWNER!r})
"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390)])
def test_axe_finds_nothing_on_the_pages_of_a_team(at_desk: Desk, path: str, prefix: str, width: int) -> None:
    page = at_desk(prefix + DESK + path, OWNER, width=width)
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("document.documentElement.dataset.theme = 'day'")
    by_day, _ = look(page, COLOURS)
    assert not by_night + by_day, "\n".join([*by_night, *by_day])
    assert passes > 15
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something is wider than the page"


def test_the_first_page_shows_what_others_do_without_being_loaded_anew(at_desk: Desk, running: Running) -> None:
    on_the_server(running, JOIN)
    watching = at_desk(DESK, OWNER)
    watching.evaluate("window.same = true")
    with watching.expect_response(lambda answer: "/live/desk/" in answer.url):
        watching.reload()
    watching.evaluate("window.same = true")
    acting = at_desk(DESK + "team/", OWNER)
    acting.get_by_role("link", name=COLLEAGUE).click()
    role = acting.get_by_label("Role", exact=True)
    role.select_option("analyst")
    acting.get_by_role("button", name="Change the role").click()
    expect(watching.locator("#recent li").first).to_contain_text(
        re.compile(rf"changed the role of {COLLEAGUE} .* to analyst")
    )
    assert watching.evaluate("window.same"), "the page was loaded anew"
    on_the_server(running, JOIN)  # as others of this network expect them


def test_who_is_taken_out_of_the_team_loses_the_open_page(at_desk: Desk, running: Running) -> None:
    on_the_server(running, JOIN)
    page = at_desk(DESK + "team/", COLLEAGUE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Team")
    on_the_server(running, REMOVE)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    on_the_server(running, JOIN)


def test_a_team_is_kept_without_a_script(at_desk: Desk) -> None:
    address = f"{uuid.uuid4().hex[:8]}@example.org"
    page = at_desk(DESK + "team/", OWNER, script=False)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".message")).to_contain_text("is on its way")
    page.get_by_role("button", name=re.compile(f"Take back.*{address}")).click()
    expect(page.locator(".message")).to_contain_text("is taken back")


def test_one_switches_between_desks_by_keyboard(at_desk: Desk, running: Running) -> None:
    join = f"""
from cityplus.cities.models import City
Member.join(City.objects.get(actor__handle="shenzhen"), Person.objects.get(username={COLLEAGUE!r}), "analyst", by="test")
"""
    on_the_server(running, JOIN + join)
    page = at_desk(DESK, COLLEAGUE, width=390)
    page.locator(".frame-others summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/@shenzhen/")
    expect(page.locator(".frame-whose")).to_contain_text("analyst")
