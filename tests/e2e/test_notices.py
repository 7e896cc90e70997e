"""Notices in a browser: the bell hears of what comes, reading works with and without a script, and a push is shown."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_desk_editor import OWNER, Desk, at_desk, on_the_server, sessions

__all__ = ["at_desk", "sessions"]
SAY = """
from cityplus.actors.models import Actor
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.social import posting
from cityplus.social.models import Profile
from cityplus.social.writing import Writing
made = Profile.open(None, {handle!r}, Text.of("en", en="Somebody {handle}"), ["en"])
posting.publish(made.actor, Writing(Text.of("en", en="Good morning @thehague")), by={handle!r})
while deliver(): pass
"""
READ = f"""
from cityplus.journal.subscribers import deliver
from cityplus.notifications.models import Notice
while deliver(): pass
Notice.read(Person.objects.get(username={OWNER!r}), 2**62)
"""


def say(running: Running) -> str:
    """Somebody new mentions the city, and the worker has delivered it; gives their name."""
    handle = f"s{uuid.uuid4().hex[:10]}"
    on_the_server(running, SAY.format(handle=handle))
    return f"Somebody {handle}"


@pytest.fixture(autouse=True)
def _nothing_new(running: Running) -> None:
    """What other tests have done has been told, and read."""
    on_the_server(running, READ)


def bell(page: Page) -> Any:
    return page.get_by_role("banner").locator(".header-bell")


def test_the_bell_hears_of_what_comes_and_following_it_reads_it(at_desk: Desk, running: Running) -> None:
    page = at_desk("/about/", OWNER)
    with page.expect_response(lambda answer: "/live/notices/" in answer.url):
        page.reload()
    page.evaluate("window.same = true")
    expect(bell(page)).to_have_accessible_name("Notices: nothing new")
    who = say(running)
    expect(bell(page)).to_have_accessible_name("Notices: 1 new")
    expect(page.locator(".bell-count")).to_have_text("1")
    assert page.evaluate("window.same"), "the page was loaded anew"
    bell(page).click()
    first = page.locator(".notice").first
    expect(first).to_contain_text(f"{who} mentioned The Hague.")
    expect(first).to_contain_text("Good morning @thehague")
    with page.expect_response(lambda answer: "/notices/reading/" in answer.url and answer.status == 204):
        first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/posts/"))
    expect(bell(page)).to_have_accessible_name("Notices: nothing new")


def test_without_a_script_one_reads_by_buttons(at_desk: Desk, running: Running) -> None:
    first, second = say(running), say(running)
    page = at_desk("/notices/", OWNER, script=False)
    expect(bell(page)).to_have_accessible_name("Notices: 2 new")
    page.get_by_role("button", name=re.compile(f"^Mark as read.*{second}")).click()
    expect(bell(page)).to_have_accessible_name("Notices: 1 new")
    expect(page.locator(".notice-new")).to_contain_text(first)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".notice-new")).to_have_count(0)
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)


def test_one_chooses_by_keyboard_what_one_hears_of(at_desk: Desk) -> None:
    page = at_desk("/account/notices/", OWNER, script=False)
    box = page.get_by_role("group", name="Boosts").get_by_label("By mail")
    before = box.is_checked()
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("Your time zone").fill("europe/amsterdam")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your choice is kept.")).to_be_visible()
    assert box.is_checked() is not before
    expect(page.get_by_label("Your time zone")).to_have_value("Europe/Amsterdam")
    page.get_by_label("Your time zone").fill("Europe/Atlantis")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("We know no time zone of this name.")


def test_the_zone_of_the_device_is_offered(browser: Browser, running: Running, sessions: dict[str, Any]) -> None:
    with browser.new_context(storage_state=sessions[OWNER], timezone_id="Asia/Tokyo") as context:
        page = context.new_page()
        page.goto(f"{running.address}/account/notices/")
        page.get_by_role("button", name="Take that of this device: Asia/Tokyo").click()
        expect(page.get_by_label("Your time zone")).to_have_value("Asia/Tokyo")
        expect(page.get_by_label("Your time zone")).to_be_focused()


def test_a_browser_that_does_not_let_us_push_is_said(at_desk: Desk) -> None:
    page = at_desk("/account/notices/", OWNER)
    button = page.get_by_role("button", name="Push to this device")
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("The browser does not let us.")


SHOWN = """async (title) => {
  const registration = await navigator.serviceWorker.ready;
  for (let looks = 0; ; looks++) {
    const found = await registration.getNotifications();
    if (looks > 50 || found.some(one => one.title === title))
      return found.map(({title, body, tag, lang, dir, data}) => ({title, body, tag, lang, dir, data}));
    await new Promise(done => setTimeout(done, 100));
  }
}"""
"""What the worker shows, once this is among it, or after five seconds."""


def test_a_push_is_shown_by_the_worker_and_says_what_was_sent(
    whole_browser: Browser, running: Running, sessions: dict[str, Any]
) -> None:
    sent = {
        "title": "海牙 replied to you.",
        "body": "早上好",
        "url": "/notices/",
        "tag": "reply:1",
        "lang": "zh-Hans",
        "dir": "ltr",
    }
    with whole_browser.new_context(storage_state=sessions[OWNER]) as context:
        context.grant_permissions(["notifications"], origin=running.address)
        page = context.new_page()
        page.goto(f"{running.address}/account/notices/")
        tools, known = context.new_cdp_session(page), list[str]()
        tools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: known.extend(one["registrationId"] for one in told["registrations"]),
        )
        tools.send("ServiceWorker.enable")
        page.evaluate(
            "navigator.serviceWorker.register('/notices-worker.js', {scope: '/'}).then(() => navigator.serviceWorker.ready)"
        )
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        # A browser that has much to do may lose one that comes while the worker is starting; a service would send it again.
        for data, title in ((json.dumps(sent), sent["title"]), ("no message of ours", "CityPlus")):
            for _ in range(6):
                message = {"origin": running.address, "registrationId": known[0], "data": data}
                tools.send("ServiceWorker.deliverPushMessage", message)
                if title in (one["title"] for one in page.evaluate(SHOWN, title)):
                    break
        found = page.evaluate(SHOWN, sent["title"])
    url = sent.pop("url")
    assert {**sent, "data": url} in found
    assert {one["title"] for one in found} == {"CityPlus", sent["title"]}, "one that cannot be read is shown too"


@pytest.mark.parametrize("path", ["/notices/", "/account/notices/"])
@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390), ("/zh-hans", 390), ("/bg", 320)])
def test_axe_finds_nothing_on_the_pages_of_notices(
    at_desk: Desk, running: Running, path: str, prefix: str, width: int
) -> None:
    say(running)
    page = at_desk(prefix + path, OWNER, width=width)
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("document.documentElement.dataset.theme = 'day'")
    by_day, _ = look(page, COLOURS)
    assert not by_night + by_day, "\n".join([*by_night, *by_day])
    assert passes > 15
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something is wider than the page"
