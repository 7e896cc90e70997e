"""A rehearsal on the screens of a hall: seen by who is inside, and gone from all of them when it is wiped."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.hall import Hall
from tests.e2e.hall_pages import Enter
from tests.e2e.test_axe import AXE, TAGS, look

LONG = 60_000


def phone_says(page: Page, step: str) -> None:
    expect(page.locator("palm-press")).to_have_attribute("data-step", step)


def test_a_wiped_rehearsal_leaves_all_screens_as_before(hall: Hall, enter: Enter) -> None:
    wall = enter(hall.hall("screen/"), width=1920).locator("ceremony-wall")
    touch = enter(hall.path("screen/touch/"), width=1280, leads=True)
    code = wall.locator(".wall-join a").get_attribute("href") or ""
    phone = enter(code.removeprefix(hall.address))
    guest, public, outside = (
        enter(hall.path(f"palm/{hall.plan['invitations'][0]}/")),
        enter(hall.path("palm/")),
        enter(hall.path("")),
    )
    inside = enter(hall.hall(""))

    hall.deed("rehearse")
    expect(wall).to_have_attribute("data-step", "open")
    for page in (phone, guest):
        phone_says(page, "open")
        page.locator(".palm-plain").click()
        expect(page.locator("palm-press")).to_have_attribute("data-lit", "")
    expect(touch.locator("touch-screen")).to_have_attribute("data-guest", str(hall.plan["guests"][1]))
    touch.locator(".palm-plain").click()
    expect(wall).to_have_attribute("data-step", "launched", timeout=LONG)
    expect(wall).to_have_attribute("data-palms", "3")
    expect(inside.locator(".palm-palms")).to_have_text("3")
    phone_says(public, "welcome")
    public.locator(".palm-plain").click()
    expect(public.locator(".palm-says")).to_contain_text("has not begun")
    expect(outside.locator("ceremony-live")).to_have_attribute("data-step", "welcome")

    hall.deed("wipe")
    expect(wall).to_have_attribute("data-step", "welcome")
    expect(wall).to_have_attribute("data-palms", "0")
    expect(wall.locator("[data-guest][data-lit]")).to_have_count(0)
    expect(wall.locator(".wall-account")).to_be_hidden()
    expect(wall.locator(".wall-rehearsal")).to_be_hidden()
    for page in (phone, guest):
        phone_says(page, "welcome")
        expect(page.locator("palm-press")).not_to_have_attribute("data-lit", "")
        expect(page.locator(".palm-plain")).to_be_visible()
    expect(touch.locator("touch-screen")).to_have_attribute("data-step", "welcome")
    expect(touch.locator("[data-guest][data-lit]:not(touch-screen)")).to_have_count(0)
    expect(inside.locator(".ceremony-count")).to_be_hidden()

    hall.deed("open")
    expect(wall).to_have_attribute("data-step", "open")
    for page in (phone, guest, public):
        phone_says(page, "open")
        page.locator(".palm-plain").click()
        expect(page.locator("palm-press")).to_have_attribute("data-lit", "")
    expect(wall).to_have_attribute("data-palms", "3")
    assert len(hall.deed("facts")["palms"]) == 3


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_held_and_called_off(hall: Hall, enter: Enter, language: str, tmp_path: Any) -> None:
    """What everybody sees when it does not go on: the words of the step, large and alone, and nothing to press."""
    hall.deed("open")
    wall, phone = enter(hall.hall("screen/", language), width=1920), enter(hall.hall("palm/", language))
    public = enter(hall.path("", language))
    problems = []
    for deed, step in (("hold", "held"), ("call_off", "ended")):
        hall.deed(deed)
        expect(wall.locator("ceremony-wall")).to_have_attribute("data-step", step)
        phone_says(phone, step)
        expect(public.locator("ceremony-live")).to_have_attribute("data-step", step)
        expect(wall.locator(f".wall-words [data-step={step}]")).to_be_visible()
        if step == "ended":
            expect(phone.locator(".palm-hand")).to_have_attribute("aria-disabled", "")
        for page, name in ((wall, "wall"), (phone, "phone"), (public, "public")):
            page.evaluate(AXE.read_text())
            found, passes = look(page, TAGS)
            problems += [f"{language} {name} {step}: {line}" for line in found]
            assert passes > 10
            page.screenshot(path=tmp_path / f"{name}-{step}.png")
    expect(wall.locator(".wall-join")).to_be_hidden()
    assert not problems, "\n".join(problems)


def test_music_plays_when_somebody_presses_for_it(hall: Hall, enter: Enter, tmp_path: Any) -> None:
    hall.deed("music")
    hall.deed("rehearse")
    wall = enter(hall.hall("screen/", "/zh-hans"), width=1920)
    expect(wall.locator("ceremony-wall")).to_have_attribute("data-step", "open")
    button = wall.locator("[data-do=music]")
    assert wall.evaluate("document.querySelector('audio').paused"), "nothing plays by itself"
    wall.mouse.move(900, 500)
    wall.keyboard.press("Tab")
    wall.keyboard.press("Tab")
    expect(button).to_be_focused()
    wall.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    wall.wait_for_function("() => document.querySelector('audio').currentTime > 0.2")
    wall.evaluate(AXE.read_text())
    found, passes = look(wall, TAGS)
    wall.screenshot(path=tmp_path / "music.png")
    assert not found and passes > 10
    wall.evaluate("document.querySelector('audio').pause()")  # as a system does whose headphones are pulled
    expect(button).to_have_attribute("aria-pressed", "false")
