"""A ceremony in real browsers: a wall, a touch screen for guests, phones; whatever the network and the power of the hall do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.hall import Hall, Line
from tests.e2e.hall_pages import Enter
from tests.e2e.test_axe import AXE, TAGS, look

LONG = 90_000
"""Milliseconds that a busy machine may take to start a server."""


def fingers(page: Page, count: int) -> None:
    """Lay so many fingers on the hand at once, and take them away."""
    box = page.locator(".palm-hand").bounding_box()
    assert box
    points = [
        {"x": box["x"] + box["width"] * (0.3 + 0.1 * n), "y": box["y"] + box["height"] * 0.4, "id": n}
        for n in range(count)
    ]
    line = page.context.new_cdp_session(page)
    line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def hold_key(page: Page, key: str) -> None:
    page.locator(".palm-hand").focus()
    page.keyboard.down(key)
    expect(page.locator("palm-press")).to_have_attribute("data-lit", "")
    page.keyboard.up(key)


def test_one_launch_whatever_the_network_and_the_power_do(hall: Hall, enter: Enter) -> None:
    walls, far = Line(hall.port), Line(hall.port)
    wall = enter(hall.path("screen/"), width=1920, base=walls.address).locator("ceremony-wall")
    near, away, keys = enter(hall.path("palm/")), enter(hall.path("palm/"), base=far.address), enter(hall.path("palm/"))
    touches = [enter(hall.path("screen/touch/"), width=1280, leads=True) for _ in range(2)]
    expect(wall).to_have_attribute("data-step", "welcome")
    near.locator(".palm-plain").click()
    expect(near.locator(".palm-says")).to_contain_text("has not begun")

    hall.deed("open")
    expect(wall).to_have_attribute("data-step", "open")
    for phone in (near, away, keys):
        expect(phone.locator("palm-press")).to_have_attribute("data-step", "open")
    near.locator(".palm-plain").click()
    expect(near.locator("palm-press")).to_have_attribute("data-lit", "")
    expect(wall).to_have_attribute("data-palms", "1")

    walls.cut()
    far.cut()
    expect(wall).to_have_attribute("data-line", "lost")
    expect(wall.locator(".wall-lost")).to_be_visible()
    away.locator(".palm-plain").click()
    expect(away.locator(".palm-says")).to_contain_text("No connection")
    hold_key(keys, "Enter")
    first, second = hall.plan["guests"]
    expect(touches[0].locator("touch-screen")).to_have_attribute("data-guest", str(first))
    fingers(touches[0], 5)
    expect(touches[0].locator("touch-screen")).to_have_attribute("data-lit", "")
    expect(wall).to_have_attribute("data-palms", "1")
    walls.mend()
    far.mend()
    expect(wall).to_have_attribute("data-line", "live")
    expect(away.locator("palm-press")).to_have_attribute("data-lit", "")
    expect(wall).to_have_attribute("data-palms", "4")
    expect(wall.locator("[data-guest][data-lit]")).to_have_count(1)

    last = touches[1]
    expect(last.locator("touch-screen")).to_have_attribute("data-guest", str(second))
    last.locator(".palm-hand").hover()
    last.mouse.down()
    expect(last.locator("touch-screen")).to_have_attribute("data-lit", "")
    last.mouse.up()
    expect(wall).to_have_attribute("data-step", "met")
    hall.kill()
    assert "launched" not in hall.deed("facts")["steps"], "the power went before the launch"
    expect(wall).to_have_attribute("data-palms", "5")
    hall.start()
    expect(wall).to_have_attribute("data-step", "launched", timeout=LONG)
    expect(wall.locator(".wall-number")).to_have_text("2")
    for phone in (near, away, keys):
        expect(phone.locator("palm-press")).to_have_attribute("data-step", "launched", timeout=LONG)
        expect(phone.locator(".palm-live a")).to_be_visible()

    assert_exact(hall, wall)
    away.locator(".palm-live a").click()
    expect(away.locator("h1")).to_contain_text("София")
    assert_replayed(enter(hall.path(""), width=1280))


def assert_exact(hall: Hall, wall: Locator) -> None:
    """Five palms, two of them of guests, and one launch: in the database, on the stream and on the wall."""
    facts = hall.deed("facts")
    assert (len(facts["palms"]), sorted(facts["guests"])) == (5, hall.plan["guests"])
    assert facts["steps"] == ["open", "met", "launched"]
    assert (facts["stage"], facts["number"]) == ("launched", 2)
    told = hall.stream(until=int(wall.get_attribute("data-beat") or 0))
    assert [event["palm"] for event in told if "palm" in event] == facts["palms"]
    assert [event["step"] for event in told if "step" in event] == facts["steps"]
    expect(wall).to_have_attribute("data-palms", "5")
    expect(wall.locator("[data-guest][data-lit]")).to_have_count(2)


def assert_replayed(page: Page) -> None:
    """The palms come again by the scrubber and by the button, and stand in a list for who wants no motion."""
    replay, where = page.locator("ceremony-replay"), page.get_by_label("Moment")
    expect(replay).to_have_attribute("data-palms", "5")
    where.focus()
    page.keyboard.press("Home")
    expect(replay).to_have_attribute("data-palms", "0")
    expect(replay.locator("[data-guest][data-lit]")).to_have_count(0)
    page.get_by_label("Speed").select_option("8")
    page.get_by_role("button", name="Play").click()
    expect(replay).to_have_attribute("data-palms", "5", timeout=LONG)
    expect(replay.locator("[data-guest][data-lit]")).to_have_count(2)
    page.get_by_text("The palms as a list").click()
    expect(page.locator(".replay-list li")).to_have_count(2)


def test_a_guest_s_own_link_and_a_wrong_one(hall: Hall, enter: Enter) -> None:
    hall.deed("open")
    page = enter(hall.path(f"palm/{hall.plan['invitations'][0]}/"))
    expect(page.locator(".palm-guest")).to_contain_text("Мария Петрова")
    hold_key(page, " ")
    again = enter(hall.path(f"palm/{hall.plan['invitations'][0]}/"))
    expect(again.locator("palm-press")).to_have_attribute("data-lit", "")
    wrong = enter(hall.path("palm/1-2.nonsense/"))
    expect(wrong.locator("h1")).to_have_text("This link is of no guest of this ceremony.")
    facts = hall.deed("facts")
    assert facts["guests"] == [hall.plan["guests"][0]]


def test_a_short_touch_is_no_palm_and_says_so(hall: Hall, enter: Enter) -> None:
    hall.deed("open")
    page = enter(hall.path("palm/"))
    fingers(page, 1)
    expect(page.locator(".palm-says")).to_contain_text("A little longer")
    fingers(page, 3)
    expect(page.locator("palm-press")).to_have_attribute("data-lit", "")
    page.reload()
    expect(page.locator("palm-press")).to_have_attribute("data-lit", "")
    expect(page.locator(".palm-plain")).to_be_hidden()
    assert len(hall.deed("facts")["palms"]) == 1


def test_without_a_script(hall: Hall, enter: Enter) -> None:
    hall.deed("open")
    page = enter(hall.path("palm/"), script=False)
    page.get_by_role("button", name="Light my palm").click()
    expect(page.locator(".palm-says")).to_contain_text("Your light is on the wall")
    page.reload()
    expect(page.get_by_role("button", name="Light my palm")).to_have_count(0)
    guest = enter(hall.path(f"palm/{hall.plan['invitations'][0]}/"), script=False)
    guest.get_by_role("button", name="Light my palm").click()
    wall = enter(hall.path("screen/"), width=1440, script=False)
    expect(wall.locator("[data-lit] .wall-said")).to_have_text("has pressed")
    expect(wall.locator(".wall-palms")).to_have_text("2")
    public = enter(hall.path(""), script=False)
    expect(public.locator(".palm-palms")).to_have_text("2")
    assert len(hall.deed("facts")["palms"]) == 2


@pytest.mark.parametrize("language", ["", "/ar"])
def test_axe_finds_nothing(hall: Hall, enter: Enter, language: str) -> None:
    hall.deed("open")
    screens = [("", 390), ("", 1440), ("palm/", 390), ("screen/", 1920), ("screen/", 390), ("screen/touch/", 1280)]
    screens.append((f"palm/{hall.plan['invitations'][1]}/", 390))
    problems = []
    for rest, width in screens:
        page = enter(hall.path(rest, language), width=width, leads=rest == "screen/touch/")
        page.evaluate(AXE.read_text())
        found, passes = look(page, TAGS)
        problems += [f"{language}{rest} at {width}: {line}" for line in found]
        assert passes > 10
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{language}{rest} scrolls sideways at {width}"
    assert not problems, "\n".join(problems)
